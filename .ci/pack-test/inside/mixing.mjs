// What one build of a package makes, the other takes: node mixing.mjs <adapter>...
import { equal, notEqual, ok, rejects, throws } from 'node:assert/strict'
import { createRequire } from 'node:module'
import { prove } from './prove.mjs'

const require = createRequire(import.meta.url)
const adapters = process.argv.slice(2)
const CORE = '@countersign/core'
const TEXT = 'q7Wm2ZkT9xLc4VbN8sRd1HfYpE6uGjA3'
const body = '{"type":"example"}'

const copiesOf = async (name) => [
  { from: 'ESM', to: 'CommonJS', one: await import(name), other: require(name) },
  { from: 'CommonJS', to: 'ESM', one: require(name), other: await import(name) },
]

for (const name of adapters) {
  for (const { from, to, one, other } of await copiesOf(name)) {
    await prove(`${name}: a provider, a ring and a delivery signed by ${from}, in a verifier of ${to}`, async () => {
      const provider = await providerOf(one)
      const ring = ringOf(provider, one)
      const { verify } = other.createVerifier(provider, { keys: ring })
      const headers = await one.sign(provider, ring, body)
      await expectVerdicts(verify, headers)
      await expectVerdicts(verify, await other.sign(provider, ring, body))
    })
  }
}

for (const { from, to, one, other } of await copiesOf(CORE)) {
  await prove(`a secret of ${from} in keys, rings and reveal of ${to}`, async () => {
    const secret = one.secret(TEXT)
    equal(other.reveal(secret), TEXT)
    const provider = providerOfCore(other)
    for (const keys of [secret, [secret], other.keyring([{ id: 'a', secret }])]) {
      await expectVerdicts(other.createVerifier(provider, { keys }).verify, await one.sign(provider, keys, body))
    }
  })
  await prove(`a ring of ${from} exported, staged, rotated and pruned by ${to}`, () => {
    const ring = one.keyring([{ id: 'a', secret: TEXT, activeFrom: 1 }])
    const exported = other.exportKeyring(ring)
    equal(exported, one.exportKeyring(ring))
    equal(one.exportKeyring(other.parseKeyring(exported)), exported)
    const staged = other.stage(ring, { id: 'b', secret: one.secret(`${TEXT}b`) })
    const promoted = one.promote(staged, 'b', { now: 2, graceMs: 1 })
    equal(other.prune(promoted, 9).keys.length, 1)
    equal(other.rotate(ring, providerOfCore(one), { now: 2 }).ring.keys.length, 2)
  })
  await prove(`an error of ${from} is an instance of the CountersignError of ${to}`, async () => {
    notEqual(one.CountersignError, other.CountersignError, 'there is only one copy, so this would prove nothing')
    const isOfOther = (error) => error instanceof other.CountersignError && error.code === 'secret-too-short'
    throws(() => one.secret('short'), isOfOther)
    const revoked = other.keyring([{ id: 'a', secret: TEXT, revokedAt: 1 }])
    const { verify } = one.createVerifier(providerOfCore(other), { keys: revoked })
    const headers = { 'X-Signature': '0'.repeat(64) }
    await rejects(verify({ headers, body }), (error) => error instanceof other.CountersignError)
    ok(!(new Error('another') instanceof other.CountersignError))
  })
}

for (const { from, to, other } of await copiesOf(`${CORE}/explain`)) {
  await prove(`a delivery, a ring and a provider of ${from} explained by ${to}`, async () => {
    const one = from === 'ESM' ? await import(CORE) : require(CORE)
    const provider = providerOfCore(one)
    const ring = one.keyring([{ id: 'a', secret: TEXT }])
    const headers = await one.sign(provider, ring, `${body}\n`)
    const findings = await other.explain(provider, ring, { headers, body })
    equal(findings[0].code, 'body-newline')
    const [inference] = await other.infer({ headers, body: `${body}\n` }, [one.secret(TEXT)])
    equal(inference.header, 'X-Signature')
  })
}

async function expectVerdicts(verify, headers) {
  const good = await verify({ headers, body })
  ok(good.ok, `a good delivery was rejected: ${good.reason}`)
  const tampered = await verify({ headers, body: `${body} ` })
  equal(tampered.ok, false, 'a tampered delivery was accepted')
}

/** The one function that an adapter exports beside the core. Options are only for those that need some. */
async function providerOf(library) {
  const core = await import(CORE)
  const [factory] = Object.keys(library).filter((key) => !(key in core) && typeof library[key] === 'function')
  return library[factory]({ headers: { primary: 'X-Primary', secondary: 'X-Secondary' } })
}

function ringOf({ slots }, { keyring, secret }) {
  if (slots === undefined) return keyring([{ id: 'a', secret: secret(TEXT) }])
  return keyring(slots.map((slot) => ({ id: slot, slot, secret: secret(`${TEXT}${slot}`) })))
}

function providerOfCore({ defineProvider }) {
  return defineProvider({
    id: 'example',
    title: 'Example',
    docs: 'https://example.com',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'X-Signature', encoding: 'hex' },
      signed: (message) => [message.body],
    },
    rotation: { kind: 'swap', defaultGraceMs: 1000 },
    secrets: { issuedBy: 'you', alphabet: 'hex', bytes: 32 },
  })
}
