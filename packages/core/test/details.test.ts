import { describe, expect, it } from 'vitest'
import { createVerifier, type Delivery, defineProvider, type HmacScheme, sign, type Verifier } from '../src/index.js'
import { plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const BODY = '{"amount":12}'
const NOW = 1_767_225_600_000
const FORGED = 'f'.repeat(64)

const named: Partial<HmacScheme> = {
  id: { header: 'X-Acme-Id' },
  signed: ({ id, body }) => {
    if (id.includes('.')) throw new Error('not to be told from two')
    return [`${id}.`, body]
  },
}
const withTokenOfTwo = defineProvider({
  ...tokenVendor(),
  scheme: { kind: 'token', header: { primary: 'X-Acme-One', secondary: 'X-Acme-Two' }, prefix: 'Bearer ' },
  rotation: policies.slots,
  slots: ['primary', 'secondary'],
} as never)

const plain = () => createVerifier(plainVendor(), { keys: [SECRET, 'staple-correct-horse'], maxBodyBytes: 100 })
const prefixed = () =>
  createVerifier(plainVendor({}, { signature: { header: 'X-Acme-Signature', encoding: 'base64', prefix: 'v1=' } }), {
    keys: SECRET,
  })
/** As Standard Webhooks writes its versions. */
const versioned = () =>
  createVerifier(plainVendor({}, { signature: { header: 'X-Acme-Signature', encoding: 'hex', prefix: 'v1,' } }), {
    keys: SECRET,
  })
const stamped = () => createVerifier(stampedVendor(), { keys: SECRET, now: () => NOW })
const withId = () => createVerifier(plainVendor({}, named), { keys: SECRET })
const token = () => createVerifier(tokenVendor(), { keys: SECRET })
const twoTokens = () => createVerifier(withTokenOfTwo as never, { keys: { primary: SECRET } as never })
const slotted = () => createVerifier(slottedVendor(), { keys: { primary: SECRET } })
const ofTenants = () => createVerifier(plainVendor(), { keys: () => undefined })

async function refusal(verifier: () => Verifier, headers: Record<string, string>, more: Partial<Delivery> = {}) {
  const verdict = await verifier().verify({ headers, body: BODY, ...more }, { tenant: 'shop' })
  return verdict.ok ? 'ok' : `${verdict.reason}: ${verdict.detail}`
}

describe('a refusal says', () => {
  it.each<[string, () => Verifier, Record<string, string>, string]>([
    ['which header is missing', plain, {}, 'missing-signature: no X-Acme-Signature'],
    ['which headers are missing', slotted, {}, 'missing-signature: no X-Acme-primary,X-Acme-secondary'],
    [
      'what a header must be',
      plain,
      { 'x-acme-signature': 'zz' },
      'malformed-signature: X-Acme-Signature must be <hex of sha256>',
    ],
    [
      'what a header must be, with its prefix',
      prefixed,
      { 'x-acme-signature': FORGED },
      'malformed-signature: X-Acme-Signature must be v1=<base64 of sha256>',
    ],
    ['what a token must be', token, { 'x-acme-token': '' }, 'malformed-signature: X-Acme-Token must be <token>'],
    [
      'that one header held two',
      plain,
      { 'x-acme-signature': `${FORGED},${FORGED}` },
      'ambiguous-signature: X-Acme-Signature must be <hex of sha256>',
    ],
    [
      'that one was malformed, whose prefix has a comma',
      versioned,
      { 'x-acme-signature': 'v1,zz' },
      'malformed-signature: X-Acme-Signature must be v1,<hex of sha256>',
    ],
    [
      'that one header held two behind a prefix that has a comma',
      versioned,
      { 'x-acme-signature': `v1,${FORGED}, v1,${FORGED}` },
      'ambiguous-signature: X-Acme-Signature must be v1,<hex of sha256>',
    ],
    [
      'that one header held two, of which the first is shorter than a prefix',
      prefixed,
      { 'x-acme-signature': `x, v1=${FORGED}` },
      'ambiguous-signature: X-Acme-Signature must be v1=<base64 of sha256>',
    ],
    [
      'that a header does not begin with its prefix, which has a comma',
      versioned,
      { 'x-acme-signature': `x v1,${FORGED}` },
      'malformed-signature: X-Acme-Signature must be v1,<hex of sha256>',
    ],
    [
      'that one was spelt otherwise, whose prefix has a comma',
      versioned,
      { 'x-acme-signature': `v1,${FORGED.toUpperCase()}` },
      'malformed-signature: X-Acme-Signature must be v1,<hex of sha256>',
    ],
    ['which keys were tried', plain, { 'x-acme-signature': FORGED }, "no-matching-key: tried 'key-1','key-2'"],
    ['that no stamp is there', stamped, { 'x-acme-signature': FORGED }, 'timestamp-missing: unit s'],
    ['that no id is there', withId, { 'x-acme-signature': FORGED }, 'missing-signature: no X-Acme-Id'],
    [
      'that nothing can be signed so',
      withId,
      { 'x-acme-signature': FORGED, 'x-acme-id': 'a.b' },
      'malformed-signature: content',
    ],
    ['that nobody knows the tenant', ofTenants, { 'x-acme-signature': FORGED }, 'unknown-tenant: no keys'],
  ])('%s', async (_, verifier, headers, expected) => {
    expect(await refusal(verifier, headers)).toBe(expected)
  })

  it('how far the stamp is off', async () => {
    const headers = await sign(stampedVendor(), SECRET, BODY, { now: NOW - 301_000 })
    expect(await refusal(stamped, headers)).toBe('too-old: 301 s off')
  })

  it('how long a body may be', async () => {
    expect(await refusal(plain, {}, { body: 'x'.repeat(101) })).toBe('body-too-large: over 100 bytes')
  })

  it('that a token may be two, whichever of the headers holds them', async () => {
    const headers = { 'x-acme-one': 'Bearer another', 'x-acme-two': 'Bearer one, another' }
    expect(await refusal(twoTokens, headers)).toMatch(/^ambiguous-signature/)
  })

  it('that no token fits whose prefix has a comma', async () => {
    const vendor = defineProvider({
      ...tokenVendor(),
      scheme: { kind: 'token', header: 'X-Acme-Token', prefix: 'one, ' },
    } as never)
    const verifier = () => createVerifier(vendor as never, { keys: SECRET })
    expect(await refusal(verifier, { 'x-acme-token': 'one, another' })).toBe("no-matching-key: tried 'key-1'")
    expect(await refusal(verifier, { 'x-acme-token': `one, ${SECRET}` })).toBe('ok')
    expect(await refusal(verifier, { 'x-acme-token': `one, x${SECRET}` })).toMatch('no-matching-key: ')
  })

  it('that no key fits where one of the headers is spelt rightly', async () => {
    const headers = { 'x-acme-primary': FORGED, 'x-acme-secondary': FORGED.toUpperCase() }
    expect(await refusal(slotted, headers)).toMatch(/^no-matching-key/)
  })
})

describe('the longest that is looked at', () => {
  const SEVERAL = 'a,'.repeat(4096)

  it.each([
    ['a header of 8,192 characters', plain, SEVERAL, 'ambiguous-signature'],
    ['a longer header', plain, `${SEVERAL}a`, 'malformed-signature'],
  ])('%s', async (_, verifier, value, reason) => {
    expect(await refusal(verifier, { 'x-acme-signature': value })).toMatch(`${reason}: `)
  })

  it('an id of 8,192 characters, and no longer one', async () => {
    const ofLength = async (length: number) => {
      const id = 'a'.repeat(length)
      const [signature = ''] = Object.values(await sign(plainVendor(), SECRET, `${id}.${BODY}`))
      return refusal(withId, { 'x-acme-signature': signature, 'x-acme-id': id })
    }
    expect(await ofLength(8192)).toBe('ok')
    expect(await ofLength(8193)).toBe('missing-signature: no X-Acme-Id')
  })
})
