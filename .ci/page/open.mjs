import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed } from '../runtimes/install.mjs'
import { chromium } from '../runtimes/runners/chromium.mjs'
import { serveSite } from './site.mjs'

export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 360, height: 740 }

/** A real Chromium and the built page. To be closed. */
export async function openSite() {
  const { launch } = await chromium.install('page')
  const [site, browser] = await Promise.all([serveSite(), launch()])
  return {
    open: (options) => openPage(browser, site, options),
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}

/**
 * The page, loaded, in a context of its own. `page.noticed`: what must not be, as it is seen: requests for anything but the
 * page's own files, other windows, workers, breaches of its policy, errors on the console.
 */
async function openPage(browser, { url, files }, { viewport = DESKTOP, colorScheme = 'light', ...others } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, ...others })
  const page = await context.newPage()
  const noticed = []
  page.on('request', (request) => {
    const isOwn = request.method() === 'GET' && files.includes(request.url())
    if (!isOwn) noticed.push(`request: ${request.method()} ${request.url()}`)
  })
  // No policy in a page can forbid a window, and no request may be seen of one.
  page.on('popup', (other) => noticed.push(`window: ${other.url()}`))
  page.on('worker', (worker) => noticed.push(`worker: ${worker.url()}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) noticed.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => noticed.push(`error: ${error.message}`))
  await page.exposeFunction('noticeBreach', (directive) => noticed.push(`policy: ${directive}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => globalThis.noticeBreach(event.effectiveDirective))
  })
  await page.goto(url)
  page.setDefaultTimeout(30_000)
  return Object.assign(page, { noticed })
}

/** The rules of WCAG 2.1 A and AA and axe's own, on the page as it is. One line for each element that breaks one. */
export async function axeViolations(page) {
  await page.evaluate(readFileSync(join(await installed('page'), 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`))
}
