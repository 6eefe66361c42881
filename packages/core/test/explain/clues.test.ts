import { describe, expect, it } from 'vitest'
import { explain } from '../../src/explain.js'
import { keyring, type Provider } from '../../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from '../vendors.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const HEX = 'ab'.repeat(32)
const BASE64 = btoa('x'.repeat(32))

/** The findings of a delivery that nothing would make verify, each as one line. */
async function seen(
  provider: Provider,
  headers: Record<string, string>,
  body = '{"id":1}',
): Promise<readonly string[]> {
  const findings = await explain(provider, SECRET, { headers, body }, { now: NOW })
  return findings.map(({ code, summary }) => `${code}: ${summary}`)
}

describe('what is missing', () => {
  it('is told with what is there', async () => {
    expect((await seen(plainVendor(), {}))[0]).toBe(
      'signature-missing: The headers lack X-Acme-Signature; there are: none at all.',
    )
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`X-${index}`, 'x']))
    expect((await seen(plainVendor(), many))[0]).toMatch(/there are: X-0, .*X-11 and more\.$/)
  })

  it('may be the timestamp', async () => {
    const [first] = await seen(stampedVendor(), { 'X-Acme-Signature': HEX })
    expect(first).toBe(
      'timestamp-missing: The headers lack the timestamp X-Acme-Timestamp; there are: X-Acme-Signature.',
    )
  })

  it('may be the timestamp beside the signature', async () => {
    const parse = (text: string) => ({ candidates: [{ text }] })
    const provider = plainVendor(
      {},
      {
        signature: { header: 'X-Acme-Signature', encoding: 'hex', parse },
        timestamp: { unit: 's' },
        signed: ({ timestamp, body }) => [timestamp, body],
      },
    )
    const [first] = await seen(provider, { 'X-Acme-Signature': HEX })
    expect(first).toBe(
      'timestamp-missing: The headers lack the timestamp beside the signature; there are: X-Acme-Signature.',
    )
  })

  it('is told without names that could be anything', async () => {
    expect((await seen(plainVendor(), { 'X-\u001b[31m': 'x', 'X-Other': 'x' }))[0]).toBe(
      'signature-missing: The headers lack X-Acme-Signature; there are: X-Other.',
    )
  })
})

describe('what is malformed', () => {
  it.each([
    ['s', 'a timestamp in seconds'],
    ['ms', 'a timestamp in milliseconds'],
    ['auto', 'a timestamp in seconds, milliseconds or RFC 3339'],
  ] as const)('may be a timestamp in %s', async (unit, expected) => {
    const [first] = await seen(stampedVendor(unit), { 'X-Acme-Signature': HEX, 'X-Acme-Timestamp': 'yesterday' })
    expect(first).toBe(`timestamp-malformed: Received: X-Acme-Timestamp of 9 characters. Expected: ${expected}.`)
  })

  it('may be a signature in the place of the timestamp', async () => {
    const [first] = await seen(stampedVendor(), { 'X-Acme-Signature': HEX, 'X-Acme-Timestamp': HEX })
    expect(first).toBe(
      'timestamp-malformed: Received: X-Acme-Timestamp of 64 characters, with 64 characters of hex. Expected: a timestamp in seconds.',
    )
  })

  it('is told in shape, and never shown', async () => {
    const [first] = await seen(plainVendor(), { 'X-Acme-Signature': 'sha512=the-token-of-somebody' })
    expect(first).toBe(
      "signature-malformed: Received: X-Acme-Signature of 28 characters, beginning with 'sha512='. " +
        'Expected: X-Acme-Signature: 64 characters of hex (HMAC-SHA256 of <body>).',
    )
  })
})

describe('another vendor', () => {
  it.each([
    ['Stripe-Signature', 'Stripe'],
    ['X-Slack-Signature', 'Slack'],
    ['X-Autify-Signature', 'Autify'],
  ])('is known by %s', async (header, name) => {
    const findings = await explain(plainVendor(), SECRET, { headers: { [header]: HEX }, body: '{}' }, { now: NOW })
    expect(findings[0]?.summary).toContain(`This looks like ${name}`)
    expect(findings[0]?.fix).toContain(name === 'Autify' ? '@countersign/autify' : `${name}'s deliveries`)
  })

  it('is none where the own header is there, too', async () => {
    const lines = await seen(plainVendor(), { 'Stripe-Signature': HEX, 'X-Acme-Signature': HEX })
    expect(lines.map((line) => line.split(':')[0])).toEqual(['nothing-matched'])
  })
})

describe('the order', () => {
  const codesOf = async (headers: Record<string, string>, body: string) =>
    (await seen(plainVendor(), headers, body)).map((line) => line.split(':')[0])

  it('puts what a body shows for certain before what is missing, and what it may show behind it', async () => {
    expect(await codesOf({}, '[object Object]')).toEqual(['body-parsed', 'signature-missing', 'nothing-matched'])
    expect(await codesOf({}, '')).toEqual(['signature-missing', 'body-empty', 'nothing-matched'])
    expect(await codesOf({ 'Stripe-Signature': HEX }, '')).toEqual([
      'looks-like',
      'signature-missing',
      'body-empty',
      'nothing-matched',
    ])
  })
})

describe('a body', () => {
  const codesOf = async (headers: Record<string, string>, body: string | Uint8Array) =>
    (
      await explain(plainVendor(), SECRET, { headers: { 'X-Acme-Signature': HEX, ...headers }, body }, { now: NOW })
    ).map(({ code }) => code)

  it.each([
    [{ 'content-length': '8' }, ['nothing-matched']],
    [{ 'content-length': '18' }, ['body-length', 'nothing-matched']],
    [{ 'content-length': '9' }, ['body-length', 'nothing-matched']],
    [{ 'content-length': '9', 'content-encoding': 'gzip' }, ['nothing-matched']],
    [{ 'content-length': '9x' }, ['nothing-matched']],
    [{ 'content-length': 'x9' }, ['nothing-matched']],
    [{ 'content-length': '9'.repeat(16) }, ['nothing-matched']],
    [{}, ['nothing-matched']],
  ])('of 8 bytes with %j', async (headers, codes) => {
    expect(await codesOf(headers as never, '{"id":1}')).toEqual(codes)
  })

  it('that is empty, and was said to be something else than a number', async () => {
    expect(await codesOf({ 'content-length': 'x' }, '')).toEqual(['body-empty', 'nothing-matched'])
  })

  it('has lost characters where the whole of U+FFFD stands in it, and only there', async () => {
    const lost = ['body-decoded', 'nothing-matched']
    expect(await codesOf({}, Uint8Array.of(0x61, 0xef, 0xef, 0xbf, 0xbd))).toEqual(lost)
    for (const bytes of [
      [0xef, 0xbf, 0xbe],
      [0xef, 0xbe, 0xbd],
      [0xee, 0xbf, 0xbd],
      [0x61, 0xef],
    ]) {
      expect(await codesOf({}, Uint8Array.from(bytes))).toEqual(['nothing-matched'])
    }
  })
})

it('keys that can no longer be used are named', async () => {
  const ring = keyring(['a', 'b'].map((id) => ({ id, secret: `${SECRET}-${id}`, revokedAt: 0 })))
  const [finding] = await explain(plainVendor(), ring, { headers: { 'X-Acme-Signature': HEX }, body: '' }, { now: NOW })
  expect(finding?.summary).toContain("No key of the ring can be used: 'a', 'b' expired or were revoked")
})

describe('what is expected and received', () => {
  const token = 'the-token-of-somebody'
  const last = async (provider: Provider, headers: Record<string, string>, keys: unknown = SECRET) =>
    (await explain(provider, keys as never, { headers, body: '{}' }, { now: NOW })).at(-1)?.summary

  it('is told of a token without showing it', async () => {
    expect(await last(tokenVendor(), { 'X-Acme-Token': `Bearer ${token}` })).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'key-1'. Received: X-Acme-Token of 28 characters, and a body of 2 bytes. Expected: X-Acme-Token: the secret itself."`,
    )
    expect(await last(tokenVendor(), { 'X-Acme-Token': HEX })).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'key-1'. Received: X-Acme-Token of 64 characters, and a body of 2 bytes. Expected: X-Acme-Token: the secret itself."`,
    )
  })

  it('is told of slots', async () => {
    const headers = { 'X-Acme-primary': HEX, 'X-Acme-secondary': `v1=${HEX}` }
    const keys = { primary: SECRET, secondary: `${SECRET}-2` }
    expect(await last(slottedVendor() as never, headers, keys)).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'primary', 'secondary'. Received: X-Acme-primary of 64 characters, with 64 characters of hex, X-Acme-secondary of 67 characters: 'v1=' and 64 characters of hex, and a body of 2 bytes. Expected: X-Acme-primary for slot 'primary': 64 characters of hex (HMAC-SHA256 of <body>); X-Acme-secondary for slot 'secondary': 64 characters of hex (HMAC-SHA256 of <body>)."`,
    )
    const [first] = await explain(
      slottedVendor(),
      keys,
      { headers: { 'Stripe-Signature': HEX }, body: '{}' },
      { now: NOW },
    )
    expect(first?.summary).toMatchInlineSnapshot(
      `"This looks like Stripe: it has the header stripe-signature, and not X-Acme-primary or X-Acme-secondary."`,
    )
    const both = { 'Stripe-Signature': HEX, 'X-Acme-primary': HEX }
    expect((await explain(slottedVendor(), keys, { headers: both, body: '{}' }, { now: NOW }))[0]?.code).not.toBe(
      'looks-like',
    )
  })

  it('is told of a prefix, a list and a form of the vendor’s own', async () => {
    const field = { header: 'X-Acme-Signature', encoding: 'base64', prefix: 'v1,' } as const
    const parse = (text: string) => ({ candidates: [{ text }] })
    expect(
      await last(plainVendor({}, { signature: field }), { 'X-Acme-Signature': `v1,${BASE64}` }),
    ).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'key-1'. Received: X-Acme-Signature of 47 characters: 'v1,' and 44 characters of base64, and a body of 2 bytes. Expected: X-Acme-Signature: 'v1,' and 44 characters of base64 (HMAC-SHA256 of <body>)."`,
    )
    const own = plainVendor({}, { hash: 'sha512', signature: { ...field, parse } })
    expect(await last(own, { 'X-Acme-Signature': `x ${BASE64}` })).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'key-1'. Received: X-Acme-Signature of 46 characters, with 44 characters of base64, and a body of 2 bytes. Expected: X-Acme-Signature: 'v1,' and 88 characters of base64 (HMAC-SHA512 of <body>), in the form that the vendor documents."`,
    )
    expect(await last(listVendor(policies.overlap), {})).toMatchInlineSnapshot(
      `"Nothing would make it verify with 'key-1'. Received: no X-Acme-Signature, and a body of 2 bytes. Expected: X-Acme-Signature: 44 characters of base64 (HMAC-SHA256 of <body>)."`,
    )
  })

  it('is told up to the length that is read', async () => {
    const of = async (length: number) => (await seen(plainVendor(), { 'X-Acme-Signature': 'x'.repeat(length) }))[0]
    expect(await of(8192)).toContain('Received: X-Acme-Signature of 8192 characters.')
    expect(await of(8193)).toContain(
      'Received: X-Acme-Signature of more than 8192 characters, of which a verifier reads none.',
    )
  })

  it('is told of a part of a signature', async () => {
    expect((await seen(plainVendor(), { 'X-Acme-Signature': HEX.slice(0, 40) }))[0]).toContain(
      'Received: X-Acme-Signature of 40 characters, with 40 characters of hex.',
    )
    // Of no hash's length.
    expect((await seen(plainVendor(), { 'X-Acme-Signature': HEX.slice(0, 48) }))[0]).toContain(
      'Received: X-Acme-Signature of 48 characters, with 48 characters of hex.',
    )
  })

  it('is told of a stamp beside the signature', async () => {
    const parse = (text: string) => ({ candidates: [{ text: text.slice(2) }], timestamp: 'yesterday' })
    const provider = plainVendor(
      {},
      {
        signature: { header: 'X-Acme-Signature', encoding: 'hex', parse },
        timestamp: { unit: 's' },
        signed: ({ timestamp, body }) => [timestamp, body],
      },
    )
    const [first] = await seen(provider, { 'X-Acme-Signature': `1,${HEX}` })
    expect(first).toBe(
      'timestamp-malformed: Received: X-Acme-Signature of 66 characters, with 64 characters of hex. Expected: a timestamp in seconds.',
    )
  })

  it('is told of the headers that are there, up to twelve', async () => {
    const twelve = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`X-${index}`, 'x']))
    expect((await seen(plainVendor(), twelve))[0]).toMatch(/there are: X-0, .*X-11\.$/)
  })
})

describe('the last finding', () => {
  it('says what was received and expected, whatever the scheme', async () => {
    const slots = await explain(
      slottedVendor(),
      { primary: SECRET },
      { headers: { 'X-Acme-primary': HEX }, body: '' },
      { now: NOW },
    )
    expect(slots.at(-1)?.summary).toContain("X-Acme-secondary for slot 'secondary': 64 characters of hex")
    const [line] = (
      await seen(listVendor(policies.overlap), {
        'X-Acme-Signature': `${btoa('x'.repeat(32))} ${btoa('y'.repeat(32))}`,
      })
    ).slice(-1)
    expect(line).toContain('44 characters of base64')
    expect(line).toContain("Nothing would make it verify with 'key-1'")
  })
})
