import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import {
  type DigestEncoding,
  defineProvider,
  type Hash,
  type HmacScheme,
  type KeyInput,
  keyring,
  type Provider,
  type RotationPolicy,
  secret,
} from '../src/index.js'
import { policies } from './vendors.js'

export const NOW = 1_767_225_600_000
const hashes: Hash[] = ['sha1', 'sha256', 'sha384', 'sha512']
const encodings: DigestEncoding[] = ['hex', 'base64']

export const anyBody = fc.uint8Array({ maxLength: 3000 })
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

export const anyVendor = fc
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
export const anyRing = fc
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
