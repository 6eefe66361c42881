import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { engine } from '#mac'
import { tracePipeline } from '../../src/explain.js'
import { keyring, type Provider } from '../../src/index.js'
import { listVendor, plainVendor, policies, stampedVendor, tokenVendor } from '../vendors.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const STAMP = String(NOW / 1000)
const BODY = '{"id":1}'
const hmac = (content: string) => createHmac('sha256', SECRET).update(content).digest('hex')
const HEADERS = { 'X-Acme-Signature': hmac(`${STAMP}.${BODY}`), 'X-Acme-Timestamp': STAMP }

async function outcomes(
  change: Partial<{ headers: Record<string, string>; body: string; now: number; maxBodyBytes: number }> = {},
) {
  const { headers = HEADERS, body = BODY, ...options } = change
  const { steps } = await tracePipeline(stampedVendor(), SECRET, { headers, body }, { now: NOW, ...options })
  return steps.map(({ name, outcome }) => `${name} ${outcome}`)
}

const FROM = ['cap', 'extract', 'keys', 'mac', 'freshness']
const until = (failed: string) =>
  FROM.map(
    (name, index) => `${name} ${index < FROM.indexOf(failed) ? 'passed' : name === failed ? 'failed' : 'not reached'}`,
  )

describe('the steps', () => {
  it('all pass for a delivery that verifies', async () => {
    expect(await outcomes()).toEqual(FROM.map((name) => `${name} passed`))
  })

  it.each([
    ['cap', { maxBodyBytes: 3 }],
    ['extract', { headers: {} }],
    ['mac', { body: '{}' }],
    ['freshness', { now: NOW + 301_000 }],
  ])('end at %s', async (step, change) => {
    expect(await outcomes(change)).toEqual(until(step))
  })

  it('end at keys where none can be used', async () => {
    const ring = keyring([{ id: 'old', secret: SECRET, notAfter: NOW }])
    const { steps } = await tracePipeline(stampedVendor(), ring, { headers: HEADERS, body: BODY }, { now: NOW })
    expect(steps[2]).toEqual({ name: 'keys', outcome: 'failed', detail: "no key can be used: 'old' expired" })
  })

  it('say what each saw, without a secret or a MAC', async () => {
    const { steps } = await tracePipeline(stampedVendor(), SECRET, { headers: HEADERS, body: BODY }, { now: NOW })
    expect(steps.map(({ detail }) => detail)).toEqual([
      '8 bytes, at most 1048576',
      'X-Acme-Signature of 64 characters, with 64 characters of hex, X-Acme-Timestamp of 10 characters',
      "'key-1' active",
      "HMAC-SHA256 over <timestamp>.<body>, hex: key 'key-1' (active) fits",
      `timestamp ${STAMP}`,
    ])
  })
})

describe('a step that failed says why', () => {
  const details = async (
    provider: Provider,
    delivery: { headers: Record<string, string>; body?: unknown },
    keys: unknown = SECRET,
    options: object = {},
  ) => {
    const asked = { body: BODY, ...delivery } as never
    const { steps } = await tracePipeline(provider, keys as never, asked, { now: NOW, ...options })
    return steps.map(({ name, outcome, detail }) => `${name} ${outcome}: ${detail}`)
  }

  it('for each step', async () => {
    const stamped = stampedVendor()
    expect(await details(stamped, { headers: HEADERS }, SECRET, { maxBodyBytes: 3 })).toMatchInlineSnapshot(`
      [
        "cap failed: body-too-large: over 3 bytes (8 bytes, at most 3)",
        "extract not reached: ",
        "keys not reached: ",
        "mac not reached: ",
        "freshness not reached: ",
      ]
    `)
    expect(await details(stamped, { headers: {} })).toMatchInlineSnapshot(`
      [
        "cap passed: 8 bytes, at most 1048576",
        "extract failed: missing-signature: no X-Acme-Signature (no X-Acme-Signature, no X-Acme-Timestamp)",
        "keys not reached: ",
        "mac not reached: ",
        "freshness not reached: ",
      ]
    `)
    expect(await details(stamped, { headers: HEADERS, body: '{}' })).toMatchInlineSnapshot(`
      [
        "cap passed: 2 bytes, at most 1048576",
        "extract passed: X-Acme-Signature of 64 characters, with 64 characters of hex, X-Acme-Timestamp of 10 characters",
        "keys passed: 'key-1' active",
        "mac failed: no-matching-key: tried 'key-1' (HMAC-SHA256 over <timestamp>.<body>, hex)",
        "freshness not reached: ",
      ]
    `)
    expect(await details(stamped, { headers: HEADERS }, SECRET, { now: NOW + 301_000 })).toMatchInlineSnapshot(`
      [
        "cap passed: 8 bytes, at most 1048576",
        "extract passed: X-Acme-Signature of 64 characters, with 64 characters of hex, X-Acme-Timestamp of 10 characters",
        "keys passed: 'key-1' active",
        "mac passed: HMAC-SHA256 over <timestamp>.<body>, hex",
        "freshness failed: too-old: 301 s off (timestamp 1767225600)",
      ]
    `)
  })

  it('for each kind of provider', async () => {
    const two = keyring([
      { id: 'old', secret: SECRET, retireFrom: NOW - 1, notAfter: NOW + 1 },
      { id: 'new', secret: `${SECRET}-2` },
    ])
    expect(await details(tokenVendor(), { headers: { 'X-Acme-Token': SECRET } }, two)).toMatchInlineSnapshot(`
      [
        "cap passed: 8 bytes, at most 1048576",
        "extract passed: X-Acme-Token of 21 characters",
        "keys passed: 'old' retiring, 'new' active",
        "mac passed: the token: key 'old' (retiring) fits",
        "freshness passed: this provider signs no timestamp",
      ]
    `)
    const [, token] = await details(tokenVendor(), { headers: { 'X-Acme-Token': hmac(BODY) } })
    expect(token).toBe('extract passed: X-Acme-Token of 64 characters')
    const signatures = `${btoa('x'.repeat(32))} ${btoa('y'.repeat(32))}`
    const listing = listVendor(policies.overlap)
    expect(await details(listing, { headers: { 'X-Acme-Signature': signatures } }, two)).toMatchInlineSnapshot(`
      [
        "cap passed: 8 bytes, at most 1048576",
        "extract passed: X-Acme-Signature of 89 characters, with 44 characters of base64; 2 candidates",
        "keys passed: 'old' retiring, 'new' active",
        "mac failed: no-matching-key: tried 'new','old' (HMAC-SHA256 over <body>, base64)",
        "freshness not reached: ",
      ]
    `)
  })

  it('unless it is the caller’s fault', async () => {
    await expect(details(plainVendor(), { headers: {}, body: {} })).rejects.toMatchObject({ code: 'body-not-bytes' })
    const mac = vi.spyOn(engine, 'mac').mockImplementation(() => {
      throw new Error('no HMAC here')
    })
    await expect(details(stampedVendor(), { headers: HEADERS })).rejects.toMatchObject({ code: 'crypto-failed' })
    mac.mockRestore()
  })
})

describe('what a sender can do', () => {
  it('is no exception: an id that the provider does not sign', async () => {
    const signed = ({ id }: { id: string }) => {
      if (id.includes('.')) throw new Error('no id')
      return [id]
    }
    const headers = { 'X-Acme-Signature': hmac(BODY), 'X-Id': 'a.b' }
    const provider = plainVendor({}, { id: { header: 'X-Id' }, signed })
    const { steps, signedContent } = await tracePipeline(provider, SECRET, { headers, body: BODY }, { now: NOW })
    expect(steps[1]?.outcome).toBe('failed')
    expect(signedContent).toBeUndefined()
  })

  it('shows no stamp but a plain one', async () => {
    const provider = plainVendor(
      {},
      {
        // It takes comments in parentheses, and anything in them.
        timestamp: { header: 'Date', unit: 'auto', parse: (text) => Date.parse(text) || undefined },
        signed: ({ timestamp, body }) => [timestamp, body],
      },
    )
    const stamp = 'Thu, 01 Jan 2026 00:00:00 GMT (\u001b[2J)'
    const headers = { Date: stamp, 'X-Acme-Signature': hmac(stamp + BODY) }
    const { steps } = await tracePipeline(provider, SECRET, { headers, body: BODY }, { now: NOW })
    expect(steps[4]).toEqual({ name: 'freshness', outcome: 'passed', detail: 'a timestamp of 36 characters' })
  })
})

describe('the signed content', () => {
  it('is what is hashed', async () => {
    const { signedContent } = await tracePipeline(
      stampedVendor(),
      SECRET,
      { headers: HEADERS, body: '{}' },
      { now: NOW },
    )
    expect(new TextDecoder().decode(signedContent?.())).toBe(`${STAMP}.{}`)
    signedContent?.().fill(0)
    expect(new TextDecoder().decode(signedContent?.())).toBe(`${STAMP}.{}`)
  })

  it('is not known where the headers cannot be read', async () => {
    const { signedContent } = await tracePipeline(plainVendor(), SECRET, { headers: {}, body: BODY }, { now: NOW })
    expect(signedContent).toBeUndefined()
  })
})
