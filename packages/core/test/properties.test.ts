import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  createVerifier,
  type DigestEncoding,
  defineProvider,
  type Hash,
  type HmacScheme,
  type KeyInput,
  keyring,
  type Provider,
  type RotationPolicy,
  secret,
  sign,
  type Verdict,
} from '../src/index.js'
import { plainVendor, policies } from './vendors.js'

const NOW = 1_767_225_600_000
const hashes: Hash[] = ['sha1', 'sha256', 'sha384', 'sha512']
const encodings: DigestEncoding[] = ['hex', 'base64']

const anyBody = fc.uint8Array({ maxLength: 3000 })
const anyText = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 200 })
  .filter((text) => text.trim() === text && !/\p{Surrogate}/u.test(text))
const anySecret = fc.oneof(
  anyText.map((text) => secret(text)),
  fc
    .uint8Array({ minLength: 8, maxLength: 200 })
    .map((bytes) => secret(Buffer.from(bytes).toString('hex'), { encoding: 'hex' })),
)

/** Schemes of every option: stamps, ids, prefixes, and one or several signatures in a header. */
const anyScheme = fc
  .record({
    hash: fc.constantFrom(...hashes),
    encoding: fc.constantFrom(...encodings),
    prefix: fc.constantFrom('', 'v0=', 'sha=,'),
    separator: fc.constantFrom(undefined, ' ', ', ', '|'),
    unit: fc.constantFrom(undefined, 's' as const, 'ms' as const, 'auto' as const),
    hasId: fc.boolean(),
  })
  .map(
    ({ hash, encoding, prefix, separator, unit, hasId }): HmacScheme => ({
      kind: 'hmac',
      hash,
      signature: { header: 'X-Sig', encoding, prefix, ...(separator && { separator }) },
      ...(unit && { timestamp: { header: 'X-Time', unit } }),
      ...(hasId && { id: { header: 'X-Id' } }),
      signed: ({ id, timestamp, body }) => [`${id}:${timestamp}:`, body],
    }),
  )

const anyVendor = fc
  .tuple(
    fc.oneof(anyScheme, fc.constant({ kind: 'token' as const, header: 'X-Token' })),
    fc.constantFrom(...Object.values(policies).filter(({ kind }) => kind !== 'slots')),
  )
  .map(([scheme, rotation]): Provider => {
    // Where several keys sign, the header must have room for them.
    const single = scheme.kind === 'token' || !('separator' in scheme.signature)
    const policy = (single && rotation.kind !== 'swap' ? policies.swap : rotation) as RotationPolicy
    return defineProvider({ id: 'any', title: 'Any', docs: 'https://any.example', scheme, rotation: policy })
  })

/** A ring with one key that is active for sure, and others of any dates. */
const anyRing = fc
  .tuple(
    anySecret,
    fc.uniqueArray(anySecret, {
      maxLength: 5,
      selector: (one) => JSON.stringify([...createHmac('sha256', 'x').update(String(one.byteLength)).digest()]),
    }),
    fc.array(
      fc.record({
        activeFrom: fc.constantFrom(NOW + 1, NOW + 1000),
        retireFrom: fc.constantFrom(undefined, NOW - 1, NOW + 1),
        notAfter: fc.constantFrom(undefined, NOW, NOW + 1),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  )
  .map(([first, others, dates]) =>
    keyring([
      ...others.map((other, index): KeyInput => ({ id: `other-${index}`, secret: other, ...dates[index] })),
      { id: 'signer', secret: first, activeFrom: NOW - 1 },
    ]),
  )

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

describe('both engines', () => {
  test('give equal verdicts on arbitrary headers', async () => {
    const other = await coreOnTheOtherEngine()
    const schemes = fc.tuple(anyVendor, anyRing, anyBody)
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 3 }),
      fc.constant(undefined),
    )
    const spoil = fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      {
        weight: 3,
        arbitrary: fc.dictionary(fc.constantFrom('X-Sig', 'x-sig', 'X-Time', 'X-Id', 'X-Token', 'other'), value),
      },
    )
    await fc.assert(
      fc.asyncProperty(schemes, spoil, async ([provider, ring, body], spoiled) => {
        const headers = { ...(await sign(provider, ring, body, { now: NOW, id: 'evt_1' })), ...spoiled }
        expect(await other.sign(provider, ring, body, { now: NOW, id: 'evt_1' })).toEqual(
          await sign(provider, ring, body, { now: NOW, id: 'evt_1' }),
        )
        const options = { keys: ring, now: () => NOW }
        const ours = await createVerifier(provider, options).verify({ headers, body })
        const theirs = await other.createVerifier(provider, options).verify({ headers, body })
        expect(contentOf(theirs)).toEqual(contentOf(ours))
      }),
      { numRuns: 500 },
    )
  })

  /** A second copy of core in this process, on the engine that the first one does not use: it mixes with it, too. */
  async function coreOnTheOtherEngine(): Promise<typeof import('../src/index.js')> {
    const { engine } = await import('#mac')
    vi.resetModules()
    if (engine.name === 'node') vi.doMock('../src/mac.node.js', () => import('../src/mac.web.js'))
    else vi.doMock('../src/mac.web.js', () => import('../src/mac.node.js'))
    const copy = await import('../src/index.js')
    expect((await import('#mac')).engine.name).not.toBe(engine.name)
    expect(copy.createVerifier).not.toBe(createVerifier)
    vi.doUnmock('../src/mac.node.js')
    vi.doUnmock('../src/mac.web.js')
    vi.resetModules()
    return copy
  }

  function contentOf(verdict: Verdict): unknown {
    return verdict.ok ? { ...verdict, body: [...verdict.body], event: verdict.event } : verdict
  }
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
