import { describe, expect, it } from 'vitest'
import { explain } from '../../src/explain.js'
import type { Provider } from '../../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor } from '../vendors.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const HEX = 'ab'.repeat(32)

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
