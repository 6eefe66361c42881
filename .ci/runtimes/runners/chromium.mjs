import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installed, installedChromium } from '../install.mjs'

const LONGEST_MS = 300_000
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium, with a page of this machine's: WebCrypto wants a secure context, and that is one. */
export const chromium = {
  async install(name) {
    const playwright = createRequire(join(await installed(name), 'package.json'))('playwright-core')
    const executablePath = await installedChromium()
    return { launch: () => playwright.chromium.launch({ executablePath, args: FLAGS }) }
  },
  run: (installed, project, wanted) => openPage(installed, project, (ask) => ask(wanted)),
  open: openPage,
}

/** For as long as the work takes, which asks the page as often as it likes. */
async function openPage({ launch }, project, work) {
  const server = await servePage(readFileSync(join(project, 'page.bundle.js')))
  try {
    const browser = await launch()
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      // In the page. Without a limit of its own, what hangs there would hang here.
      const ask = async (wanted) =>
        JSON.parse(
          await within(
            page.evaluate((given) => globalThis.runSuite(given), wanted),
            LONGEST_MS,
          ),
        )
      return { version: browser.version(), result: await work(ask) }
    } finally {
      await browser.close()
    }
  } finally {
    server.close()
  }
}

async function within(promise, milliseconds) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Isolated from other origins: only such a page has shared memory. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

async function servePage(script) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html; charset=utf-8', ...ISOLATED })
    response.end(isScript ? script : '<!doctype html><title>runtimes</title><script src="/page.js"></script>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
