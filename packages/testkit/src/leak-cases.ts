import { type CountersignError, createVerifier, keyring, type Verdict } from '@countersign/core'
import { concat } from './bytes.js'
import { digestBytes, toBase64, toHex } from './digest-text.js'
import { expectThat, expectThrown } from './expect.js'
import { encodingOf, freshMac } from './fresh-mac.js'
import { type Change, isHmac, judge, type Subject, unsignedHeaders } from './subject.js'
import { ringWith, secretBytes, soleRing } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** No verdict, observation, error or serialised ring tells the secret, or the MAC that would be good. */
export function leakCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...verdictCases(subject),
    noUsableKeyCase(subject),
    suiteCase('leaks: none in the error for a malformed secret', async () => {
      const text = `${subject.key.secret} `
      await expectNoLeak(subject, errorText(await expectThrown(() => ringWith(subject, text), 'secret-malformed')))
    }),
    suiteCase('leaks: none in the error for a body that is not bytes', async () => {
      const body = { parsed: true } as unknown as string
      await expectNoLeak(subject, errorText(await expectThrown(() => judge(subject, { body }), 'body-not-bytes')))
    }),
    suiteCase('leaks: none in a serialised or printed ring, key, secret or verifier', async () => {
      const ring = soleRing(subject)
      const [key] = ring.keys
      const things = [ring, key, key?.secret, createVerifier(subject.provider, { keys: ring }), ring.describe(0)]
      const texts = things.flatMap((thing) => [JSON.stringify(thing), String(thing), `${Object.values(thing ?? {})}`])
      await expectNoLeak(subject, texts.join('\n'))
    }),
  ]
}

function verdictCases(subject: Subject): readonly SuiteCase[] {
  const { vector, signatures } = subject
  const spoilt = (write: (text: string) => string) => ({
    ...unsignedHeaders(subject),
    ...Object.fromEntries(signatures.map(({ name, text }) => [name, write(text)])),
  })
  const changes: readonly { name: string; change: Change }[] = [
    { name: 'of an acceptance', change: {} },
    { name: 'for another body', change: { body: concat(subject.body, 'x') } },
    { name: 'for another key', change: { ring: ringWith(subject, 'nothing-was-signed-with-this') } },
    { name: 'for an expired key', change: { ring: soleAndOther(subject, { notAfter: vector.now - 1 }) } },
    { name: 'for a revoked key', change: { ring: soleAndOther(subject, { revokedAt: vector.now - 1 }) } },
    { name: 'for no signature', change: { headers: unsignedHeaders(subject) } },
    { name: 'for a good signature with junk behind it', change: { headers: spoilt((text) => `${text}\u00a0!`) } },
    { name: 'for a good signature with junk before it', change: { headers: spoilt((text) => `\u00a0! ${text}`) } },
    { name: 'for a good signature sent twice', change: { headers: spoilt((text) => `${text}, ${text}`) } },
    { name: 'for a clock that is ten years off', change: { now: vector.now + 3650 * DAY_MS, ring: soleRing(subject) } },
  ]
  return changes.map(({ name, change }) =>
    suiteCase(`leaks: none in the verdict ${name}, nor in what is observed`, async () => {
      const seen: unknown[] = []
      const verdict = await judge(subject, { ...change, observe: (observation) => seen.push(observation) })
      await expectNoLeak(subject, [verdictText(verdict), JSON.stringify(seen)].join('\n'))
    }),
  )
}

function soleAndOther(subject: Subject, dates: { notAfter?: number; revokedAt?: number }) {
  const other = { id: 'other-key', secret: 'nothing-was-signed-with-this', slot: subject.key.slot }
  return keyring([...soleRing(subject, dates).keys, other])
}

/** The body is the sender's own, and stands there as numbers; its text is not looked at. */
function verdictText(verdict: Verdict): string {
  const { body: _, ...rest } = verdict.ok ? { ...verdict } : { ...verdict, body: undefined }
  return [JSON.stringify(rest), verdict.ok ? '' : verdict.detail, String(verdict)].join('\n')
}

/** Of long ago, so that the key is not even tried to name a reason. */
function noUsableKeyCase(subject: Subject): SuiteCase {
  return suiteCase('leaks: none in the error no-usable-key, of a ring whose only key has expired', async () => {
    const ring = soleRing(subject, { notAfter: subject.vector.now - 30 * DAY_MS })
    await expectNoLeak(subject, errorText(await expectThrown(() => judge(subject, { ring }), 'no-usable-key')))
  })
}

function errorText(error: CountersignError): string {
  const { message, stack, cause } = error
  return [String(error), message, stack, JSON.stringify(error), String(cause)].join('\n')
}

async function expectNoLeak(subject: Subject, text: string): Promise<void> {
  for (const { name, needle } of await needlesOf(subject)) {
    const place = text.indexOf(needle) < 0 ? text.toLowerCase().indexOf(needle.toLowerCase()) : text.indexOf(needle)
    // The line is not shown: it would end up in the log of whatever runs this.
    expectThat(place < 0, `nothing that tells ${name}`, `it at place ${place}`)
  }
}

async function needlesOf(subject: Subject): Promise<readonly { name: string; needle: string }[]> {
  const bytes = secretBytes(subject.key)
  const needles = [
    { name: 'the secret', needle: subject.key.secret },
    { name: 'the secret in hex', needle: toHex(bytes) },
    { name: 'the secret in base64', needle: toBase64(bytes).replaceAll('=', '') },
  ]
  if (!isHmac(subject)) return needles
  const mac = digestBytes(await freshMac(subject), encodingOf(subject)) ?? new Uint8Array()
  return [
    ...needles,
    { name: 'the expected MAC in hex', needle: toHex(mac) },
    { name: 'the expected MAC in base64', needle: toBase64(mac).replaceAll('=', '') },
  ]
}
