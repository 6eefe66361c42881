// Which engine each build of the core uses, by its name and by whom it calls.
import { equal, ok } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prove } from './prove.mjs'

const require = createRequire(import.meta.url)
const core = dirname(require.resolve('@countersign/core/package.json'))
/** RFC 4231, test case 2: the key 'Jefe'. */
const EXPECTED = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
const load = (file) => (file.endsWith('.cjs') ? require(file) : import(pathToFileURL(file)))

// `#mac` means something to the files of the package only, so the question is asked from among them.
writeFileSync(join(core, 'asked.mjs'), "export { engine } from '#mac'\n")
writeFileSync(join(core, 'asked.cjs'), "exports.engine = require('#mac').engine\n")
for (const [form, file, library] of [
  ['import', 'asked.mjs', await import('@countersign/core')],
  ['require', 'asked.cjs', require('@countersign/core')],
]) {
  await prove(`${form} in Node picks node:crypto`, async () => {
    const { engine } = await load(join(core, file))
    equal(engine.async, false)
    equal(await knownAnswer(engine), EXPECTED)
    equal(await webCryptoCallsOf(library), 0, 'the package itself called WebCrypto')
  })
}

const { imports } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8'))
for (const [form, target] of Object.entries(imports['#mac'].default)) {
  await prove(`the engine for everywhere else, ${form}, gives the same answer`, async () => {
    const { engine } = await load(join(core, target))
    equal(engine.async, true)
    equal(await knownAnswer(engine), EXPECTED)
  })
}

for (const form of ['import', 'require']) {
  await prove(`${form} in a bundle for browsers picks WebCrypto, and runs without Node's globals`, async () => {
    const { process, Buffer } = globalThis
    delete globalThis.process
    delete globalThis.Buffer
    try {
      ok((await webCryptoCallsOf(await import(`./browser-${form}.mjs`))) > 0, 'WebCrypto was not called')
    } finally {
      Object.assign(globalThis, { process, Buffer })
    }
  })
}

async function knownAnswer({ importKey, mac }) {
  const key = importKey('sha256', new TextEncoder().encode('Jefe'))
  return mac(key, [new TextEncoder().encode('what do ya want '), 'for nothing?'], 'hex')
}

/** How often a library calls WebCrypto to sign a delivery and to verify it. */
async function webCryptoCallsOf({ createVerifier, defineProvider, sign }) {
  const provider = defineProvider({
    id: 'example',
    title: 'Example',
    docs: 'https://example.com',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'X-Signature', encoding: 'hex' },
      signed: ({ body }) => [body],
    },
    rotation: { kind: 'swap', defaultGraceMs: 1000 },
  })
  const keys = 'q7Wm2ZkT9xLc4VbN8sRd1HfYpE6uGjA3'
  const { subtle } = globalThis.crypto
  const { sign: original } = subtle
  let calls = 0
  subtle.sign = (...args) => {
    calls += 1
    return original.apply(subtle, args)
  }
  try {
    const headers = await sign(provider, keys, 'body')
    const verdict = await createVerifier(provider, { keys }).verify({ headers, body: 'body' })
    ok(verdict.ok, 'a good delivery was rejected')
  } finally {
    delete subtle.sign
  }
  return calls
}
