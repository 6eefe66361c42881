import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createVerifier, keyring, secret, sign } from '../src/index.js'
import { anyBody, anyRing, anyVendor, NOW } from './arbitraries.js'
import { plainVendor } from './vendors.js'

describe('what sign makes, verify accepts', () => {
  test('for any body, options and ring, and names the key', async () => {
    await fc.assert(
      fc.asyncProperty(anyVendor, anyRing, anyBody, async (provider, ring, body) => {
        const headers = await sign(provider, ring, body, { now: NOW })
        const verdict = await createVerifier(provider, { keys: ring, now: () => NOW }).verify({ headers, body })
        expect(verdict).toMatchObject({ ok: true, keyId: 'signer', keyState: 'active' })
        if (verdict.ok) expect(Buffer.compare(verdict.body, body)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('whatever is changed, the verdict is that of an independent reading', () => {
  const provider = plainVendor({}, { signature: { header: 'X-Sig', prefix: 'sha256=', encoding: 'hex' } })
  const ring = keyring([
    { id: 'active', secret: 'the-active-secret' },
    { id: 'retiring', secret: 'the-retiring-secret', retireFrom: NOW },
    { id: 'expired', secret: 'the-expired-secret', notAfter: NOW },
    { id: 'revoked', secret: 'the-revoked-secret', revokedAt: NOW },
  ])
  const verifier = createVerifier(provider, { keys: ring, now: () => NOW })

  function macOf(key: string, body: Uint8Array): string {
    return createHmac('sha256', `the-${key}-secret`).update(body).digest('hex')
  }

  /** The rules in other words, with Node's own HMAC. */
  function expected(header: string, body: Uint8Array): string {
    const match = /^sha256=([0-9a-f]{64})$/.exec(header)
    if (match === null || header.endsWith('\n'))
      return header.includes(',') && header.length <= 8192 ? 'ambiguous-signature' : 'malformed-signature'
    const by = ['active', 'retiring', 'expired', 'revoked', 'foreign'].find((key) => macOf(key, body) === match[1])
    if (by === 'active' || by === 'retiring') return `ok ${by}`
    return by === 'expired' || by === 'revoked' ? `key-${by}` : 'no-matching-key'
  }

  const mutation = fc.oneof(
    fc.constant((header: string) => header),
    fc.tuple(fc.nat(70), fc.string({ maxLength: 3 })).map(
      ([at, text]) =>
        (header: string) =>
          header.slice(0, at) + text + header.slice(at),
    ),
    fc.tuple(fc.nat(70), fc.nat(70)).map(
      ([from, to]) =>
        (header: string) =>
          header.slice(0, from) + header.slice(to),
    ),
    fc.tuple(fc.nat(70), fc.constantFrom(...'0123456789abcdefABCDEF =,ţK')).map(
      ([at, character]) =>
        (header: string) =>
          header.slice(0, at) + character + header.slice(at + 1),
    ),
    fc.string({ maxLength: 100 }).map((text) => () => text),
    fc.constantFrom(
      (header: string) => header.toUpperCase(),
      (header: string) => `${header}, ${header}`,
      (header: string) => header.slice(7),
      (header: string) => header.padEnd(9000, ','),
    ),
  )

  test('header, body and key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('active', 'retiring', 'expired', 'revoked', 'foreign'),
        anyBody,
        fc.option(anyBody, { nil: undefined, freq: 3 }),
        mutation,
        async (key, signedBody, otherBody, mutate) => {
          const header = mutate(`sha256=${macOf(key, signedBody)}`)
          const body = otherBody ?? signedBody
          const verdict = await verifier.verify({ headers: { 'x-sig': header }, body })
          expect(verdict.ok ? `ok ${verdict.keyId}` : verdict.reason).toBe(expected(header, body))
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('known identities of HMAC (RFC 2104, section 2)', () => {
  test('a key shorter than the block and the same key with trailing NULs are one key', async () => {
    const plain = secret('correct-horse-battery')
    const padded = secret(`${Buffer.from('correct-horse-battery').toString('hex')}0000`, { encoding: 'hex' })
    expect(await sign(plainVendor(), plain, 'body')).toEqual(await sign(plainVendor(), padded, 'body'))
  })
  test('a key longer than the block and its hash are one key', async () => {
    const long = 'x'.repeat(65)
    const { createHash } = await import('node:crypto')
    const hashed = secret(createHash('sha256').update(long).digest('hex'), { encoding: 'hex' })
    expect(await sign(plainVendor(), long, 'body')).toEqual(await sign(plainVendor(), hashed, 'body'))
  })
})
