// HMAC vectors of Project Wycheproof, through both engines and through whole verifications. They are no part of this
// repository: they are looked for in the folder that COUNTERSIGN_VECTORS names, else in ../shared/vectors beside it.
// Usage: npm run test:wycheproof
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { coreOn } from './checks/lib/core-on.mjs'
import { report } from './checks/lib/report.mjs'
import { root } from './checks/lib/workspace.mjs'

// biome-ignore lint/suspicious/noUndeclaredEnvVars: no task of Turborepo's depends on it.
const folder = process.env.COUNTERSIGN_VECTORS ?? join(root, '..', 'shared', 'vectors')
const FILES = { sha1: 'hmac_sha1_test.json', sha256: 'hmac_sha256_test.json' }
const DIGEST_BITS = { sha1: 160, sha256: 256 }

const missing = Object.values(FILES).filter((file) => !existsSync(join(folder, file)))
if (missing.length > 0) {
  console.error(`wycheproof: NOTHING WAS TESTED: there is no ${missing.join(', no ')} in ${folder}`)
  console.error('They are in github.com/C2SP/wycheproof; COUNTERSIGN_VECTORS names the folder that they are in.')
  process.exitCode = process.env.CI ? 1 : 0
} else {
  for (const hash of Object.keys(FILES)) {
    for (const engine of ['node', 'web']) await testAll(hash, engine)
  }
}

async function testAll(hash, name) {
  const core = await coreOn(name)
  const { testGroups, numberOfTests } = JSON.parse(readFileSync(join(folder, FILES[hash]), 'utf8'))
  const tests = testGroups.flatMap(({ tagSize, tests }) => tests.map((test) => ({ ...test, tagSize })))
  const problems =
    tests.length === numberOfTests ? [] : [`the file says ${numberOfTests} vectors, and has ${tests.length}`]
  for (const test of tests) {
    for (const problem of await problemsOf(core, hash, test))
      problems.push(`${name}, ${hash}, ${test.tcId}: ${problem}`)
  }
  const valid = tests.filter(({ result }) => result === 'valid')
  const accepted = valid.filter(({ tagSize }) => tagSize === DIGEST_BITS[hash]).length
  const summary = `${tests.length} vectors of ${hash} passed on the ${name} engine`
  report(
    'wycheproof',
    problems,
    `${summary}: ${valid.length} valid MACs of ${tests.length}; verify accepted ${accepted}, and refused ${valid.length - accepted} for being truncated`,
  )
}

/** What the engine and a verifier get wrong of one vector. */
async function problemsOf(core, hash, { key, msg, tag, tagSize, result }) {
  const isValid = result === 'valid'
  const isWhole = tagSize === DIGEST_BITS[hash]
  // An empty key is no secret: `secret` refuses it whatever `minBytes` says. There is none among the vectors.
  const secret = core.secret(key, { encoding: 'hex', minBytes: 1 })
  const body = Buffer.from(msg, 'hex')
  const mac = await core.engine.mac(core.engine.importKey(hash, Buffer.from(key, 'hex')), [body], 'hex')
  const problems = []
  if ((mac.slice(0, tagSize / 4) === tag) !== isValid) problems.push(`the engine makes ${mac}, and ${tag} is ${result}`)
  for (const encoding of ['hex', 'base64']) {
    const verifier = core.createVerifier(provider(core, hash, encoding), { keys: secret })
    const text = Buffer.from(tag, 'hex').toString(encoding)
    const verdict = await verifier.verify({ headers: { 'x-tag': text }, body })
    const expected = !isWhole ? 'malformed-signature' : isValid ? 'accepted' : 'no-matching-key'
    const outcome = verdict.ok ? 'accepted' : verdict.reason
    if (outcome !== expected) problems.push(`verify says ${outcome} of ${text}, and should say ${expected}`)
  }
  return problems
}

function provider(core, hash, encoding) {
  return core.defineProvider({
    id: 'wycheproof',
    title: 'Wycheproof',
    docs: 'https://github.com/C2SP/wycheproof',
    scheme: { kind: 'hmac', hash, signature: { header: 'X-Tag', encoding }, signed: ({ body }) => [body] },
    rotation: { kind: 'swap', defaultGraceMs: 0 },
  })
}
