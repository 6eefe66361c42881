import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../src/explain.js'
import { CountersignError, createVerifier, defineProvider, type Provider, sign } from '../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const FOREIGN = 'a-foreign-secret'
const NOW = 1_767_225_600_000
const vendors: [string, Provider<unknown, string>, unknown][] = [
  ['plain', plainVendor(), SECRET],
  ['list', listVendor(policies.overlap), SECRET],
  ['stamped', stampedVendor('auto'), SECRET],
  ['slots', slottedVendor(), { primary: SECRET, secondary: 'staple-correct-horse' }],
  ['token', tokenVendor(), SECRET],
]

/** What the sources read off objects, as a lack of care elsewhere in the process may have put it on all of them. */
const NAMES = [
  ...[
    'ok',
    'reason',
    'detail',
    'authenticated',
    'event',
    'value',
    'issues',
    'candidates',
    'parts',
    'text',
    'label',
    'slot',
    'at',
    'next',
    'count',
  ],
  ...['timestamp', 'id', 'header', 'prefix', 'separator', 'parse', 'signed', 'encoding', 'fields', 'wellFormed'],
  ...['kind', 'scheme', 'keys', 'secret', 'slots', 'notAfter', 'revokedAt', 'retireFrom', 'activeFrom', 'usable'],
  ...['schema', 'observe', 'tenant', 'paced', 'maxBodyBytes', 'toleranceSeconds', 'now', 'body', 'url', 'arrayBuffer'],
  ...['0', '1', 'x-acme-signature', 'x-acme-token', 'sha256'],
]
/** Whoever could do that knows no secret, but the one that the forgery is made with. */
const VALUES: unknown[] = [
  true,
  false,
  1,
  -16,
  NOW,
  '',
  'x',
  FOREIGN,
  '0'.repeat(64),
  [],
  [{ text: FOREIGN }],
  { header: 'x-other', unit: 's' },
]
VALUES.push(
  () => 'x',
  () => true,
  () => [],
)

/** Does something while every object inherits that. Not to be seen by a loop, as libraries do it. */
async function polluted<Result>(members: Record<string, unknown>, work: () => Promise<Result>): Promise<Result> {
  const names = Object.keys(members)
  try {
    for (const name of names)
      Object.defineProperty(Object.prototype, name, { value: members[name], configurable: true, writable: true })
    return await work()
  } finally {
    for (const name of names) delete (Object.prototype as unknown as Record<string, unknown>)[name]
  }
}

/** What came of it, in words that inherit nothing. */
async function outcomeOf(verify: () => ReturnType<ReturnType<typeof createVerifier>['verify']>): Promise<string> {
  try {
    const verdict = await verify()
    if (verdict.ok) return 'accepted'
    return verdict.ok === false ? 'refused' : 'no verdict'
  } catch (error) {
    return error instanceof CountersignError ? 'fault' : `foreign: ${error}`
  }
}

/** A verifier, or none where its options are not what they were: that is noticed when a process starts. */
function created(provider: Provider<unknown, string>, keys: unknown) {
  try {
    return createVerifier(provider, { keys: keys as string, now: () => NOW })
  } catch {
    return undefined
  }
}

async function deliveryOf(provider: Provider<unknown, string>, keys: unknown, body: string) {
  return { headers: await sign(provider, keys as string, body, { now: NOW }), body }
}

describe('a prototype that was polluted accepts nothing that is forged', () => {
  const members = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), { maxKeys: 4 })

  test.each(vendors)('%s', async (_, provider, keys) => {
    const early = createVerifier(provider, { keys: keys as string, now: () => NOW })
    const forged = await deliveryOf(provider, FOREIGN, 'body').catch(() =>
      deliveryOf(provider, { primary: FOREIGN, secondary: 'another-foreign-one' }, 'body'),
    )
    const isRefused = fc.asyncProperty(members, fc.boolean(), async (given, isEarly) => {
      const outcome = await polluted(given, async () => {
        const verifier = isEarly ? early : created(provider, keys)
        return verifier ? outcomeOf(() => verifier.verify(forged)) : 'fault'
      })
      expect(outcome).toMatch(/^(refused|fault)$/)
    })
    await fc.assert(isRefused, { numRuns: 500 })
  })

  test.each(vendors)('%s: not by another hash', async (_, provider, keys) => {
    const delivery = { ...(await deliveryOf(provider, keys, 'body')), body: 'another' }
    for (const hash of ['sha256', 'sha1', '', {}, true]) {
      const verifier = createVerifier(provider, { keys: keys as string, now: () => NOW })
      const headers: Record<string, string> = {
        'x-acme-signature': '0'.repeat(64),
        'x-acme-token': FOREIGN,
        ...delivery.headers,
      }
      if (provider.scheme.kind === 'token') headers['X-Acme-Token'] = FOREIGN
      const outcome = await polluted({ hash }, () => outcomeOf(() => verifier.verify({ ...delivery, headers })))
      expect(outcome).toMatch(/^(refused|fault)$/)
    }
  })

  // What the engine compares lies where an earlier delivery's lay.
  test.each([1, 1 - SECRET.length, -SECRET.length, 'x'])('not by where a text begins: %s', async (at) => {
    const vendor = defineProvider({
      ...tokenVendor(),
      scheme: { kind: 'token', header: 'X-Acme-Token', separator: ';' },
    })
    const verifier = createVerifier(vendor, { keys: SECRET })
    const outcome = (token: string) =>
      polluted({ at }, () => outcomeOf(() => verifier.verify({ headers: { 'x-acme-token': token }, body: 'body' })))
    for (const token of ['', SECRET.slice(-1), SECRET.slice(1), `x${SECRET}`]) {
      expect(await outcome(SECRET)).toBe('accepted')
      expect(await outcome(token)).toBe('refused')
    }
  })

  test.each(vendors)('%s: not even what looks like a verdict', async (_, provider, keys) => {
    const verifier = createVerifier(provider, { keys: keys as string, now: () => NOW })
    const delivery = await deliveryOf(provider, keys, 'body')
    const members = { ok: true, reason: 'x', keyId: 'key-1' }
    for (const body of ['body', 'another']) {
      const outcome = await polluted(members, () => outcomeOf(() => verifier.verify({ ...delivery, body })))
      expect(outcome).toBe(body === 'body' || provider.scheme.kind === 'token' ? 'accepted' : 'refused')
    }
  })
})

test('explaining what is refused reads no candidate that an object inherits', async () => {
  const vendor = plainVendor()
  const { headers, body } = await deliveryOf(vendor, SECRET, 'body')
  const misplaced = { 'x-acme-signature': `signature ${headers['X-Acme-Signature']}` }
  const found = () => explain(vendor, SECRET, { headers: misplaced, body })
  expect(await polluted({ next: { text: 'x', at: 0, next: undefined } }, found)).toEqual(await found())
  expect(await polluted({ next: 'x' }, found)).toEqual(await found())
})
