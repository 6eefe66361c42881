import { describe, expect, test } from 'vitest'
import { defineProvider, type Provider, requireOneOf, type SignedMessage } from '../src/index.js'
import { plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from './vendors.js'

/** A provider of which one field is not what it must be. */
function broken(path: string, value: unknown, base: Provider = plainVendor()): Provider {
  const copy = { ...base, scheme: { ...base.scheme }, rotation: { ...base.rotation } } as unknown as Record<
    string,
    unknown
  >
  const steps = path.split('.')
  let place = copy
  for (const step of steps.slice(0, -1)) {
    place[step] = { ...(place[step] as object) }
    place = place[step] as Record<string, unknown>
  }
  place[steps.at(-1) as string] = value
  return copy as unknown as Provider
}

const stamp = { header: 'X-Acme-Timestamp', unit: 's' }
const slotted = slottedVendor() as unknown as Provider
const fields = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ header: `x-${index}`, encoding: 'hex' }))
const twoEncodings = [
  { header: 'x-one', encoding: 'hex' },
  { header: 'x-two', encoding: 'base64' },
]

/** What each field has to be, as the message says. */
const MUST_BE: Readonly<Record<string, string>> = {
  id: 'lower-case letters, digits and hyphens',
  title: 'text',
  docs: 'the address of the page that the facts come from',
  'scheme.kind': "'hmac' or 'token'",
  'scheme.hash': 'one of sha1, sha256, sha384, sha512',
  'scheme.signature.header': 'a header name',
  'scheme.signature.encoding': "'hex' or 'base64'",
  'scheme.signature.slot': "one of the provider's slots",
  'scheme.signature.prefix': 'text',
  'scheme.signature.separator': 'text that is not empty',
  'scheme.signature.parse': 'a function',
  'scheme.signed': 'a function from any delivery to text and bytes',
  'scheme.format': 'a function',
  'scheme.timestamp.unit': "'s', 'ms' or 'auto'",
  'scheme.timestamp.header': 'a header name, or left out where scheme.signature.parse gives the stamp',
  'scheme.id.header': 'a header name',
  rotation: 'a policy',
  'rotation.kind': "'overlap', 'expiring', 'slots' or 'swap'",
  'rotation.defaultGraceMs': 'milliseconds, 0 or more',
  'secrets.issuedBy': "'vendor', 'you' or 'either'",
  'secrets.alphabet': "'hex', 'alphanumeric' or 'base64'",
  'secrets.bytes': '8 to 64',
  toleranceSeconds: '0 or more, beside a scheme.timestamp',
  slots: 'the same as rotation.slots',
  'rotation.guardMs': 'milliseconds, 0 or more',
  'rotation.periodMs': 'milliseconds, 0 or more',
  'rotation.slots': 'two names or more',
  'scheme.header': 'a header name, or one for each slot',
  'scheme.header.primary': "one of the provider's slots",
  'scheme.prefix': 'text',
  'scheme.separator': 'text that is not empty',
  'rotation.max': '1 to 16',
  'rotation.gracesMs': 'a list of milliseconds',
  'rotation.activates': "'immediately' or 'after-grace'",
  'scheme.timestamp.parse': 'a function',
}

function refusal(path: string): unknown {
  const met = `provider-invalid: 'acme': ${path} must be ${MUST_BE[path]}`
  return expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(met) })
}

describe('defineProvider names the field that is wrong', () => {
  test.each<[string, unknown, Provider?]>([
    ['title', ''],
    ['docs', undefined],
    ['scheme.kind', 'rsa'],
    ['scheme.hash', 'md5'],
    ['scheme.hash', 'constructor'],
    ['scheme.signature.header', 'X Acme'],
    ['scheme.signature.header', ''],
    ['scheme.signature.header', 5],
    ['scheme.signature.header', 'X-Acmé'],
    ['scheme.signature.encoding', 'base64url'],
    ['scheme.signature.slot', 'primary'],
    ['scheme.signature.prefix', 5],
    ['scheme.signature.separator', ''],
    ['scheme.signature.parse', 'split'],
    ['scheme.signed', 'body'],
    ['scheme.signed', () => 'body'],
    ['scheme.signed', () => [5]],
    ['scheme.signed', () => ['text', 5]],
    [
      'scheme.signed',
      () => {
        throw new Error('not so')
      },
    ],
    ['scheme.format', {}],
    ['scheme.timestamp.unit', 'minutes'],
    ['scheme.timestamp.header', 'x y'],
    ['scheme.timestamp.header', undefined],
    ['scheme.timestamp.parse', 'split'],
    ['scheme.id.header', ''],
    ['rotation', undefined],
    ['rotation.kind', 'never'],
    ['rotation.defaultGraceMs', -1],
    ['rotation.defaultGraceMs', undefined],
    ['secrets.issuedBy', 'nobody'],
    ['secrets.alphabet', 'emoji'],
    ['secrets.bytes', 4],
    ['secrets.bytes', '32'],
    ['secrets.bytes', 65],
    ['toleranceSeconds', 300],
    ['toleranceSeconds', 300, tokenVendor()],
    ['toleranceSeconds', -1, stampedVendor()],
    ['toleranceSeconds', Number.POSITIVE_INFINITY, stampedVendor()],
    ['slots', ['primary', 'secondary']],
    ['slots', ['secondary', 'primary'], slotted],
    ['rotation.guardMs', 'a day', slotted],
    ['rotation.periodMs', Number.NaN, slotted],
    ['rotation.slots', ['primary'], slotted],
    ['rotation.slots', 'ab', slotted],
    ['rotation.slots', ['primary', ''], slotted],
    ['scheme.header', 'x y', tokenVendor()],
    ['scheme.header', {}, tokenVendor()],
    ['scheme.header', 5, tokenVendor()],
    ['scheme.header.primary', 'x-token', broken('scheme.header', { primary: 'x-token' }, tokenVendor())],
    ['scheme.prefix', 5, tokenVendor()],
    ['scheme.separator', '', tokenVendor()],
  ])('%s: %j', (path, value, base) => {
    const field =
      path.endsWith('unit') || path.startsWith('scheme.timestamp') ? broken('scheme.timestamp', stamp) : base
    expect(() => defineProvider(broken(path, value, field))).toThrowError(refusal(path))
  })

  test.each<[string, string, unknown, string]>([
    ['a stamp that is not signed', 'scheme.timestamp', stamp, 'scheme.signed must be such that it includes the stamp'],
    ['an id that is not signed', 'scheme.id', { header: 'x-id' }, 'scheme.signed must be such that it includes the id'],
    [
      'two encodings',
      'scheme.signature',
      twoEncodings,
      'scheme.signature[1].encoding must be the same for every field',
    ],
    ['no signature', 'scheme.signature', [], 'scheme.signature must be one field, or up to 8'],
    ['nine signatures', 'scheme.signature', fields(9), 'scheme.signature must be one field, or up to 8'],
    ['a signature that is none', 'scheme.signature', undefined, 'scheme.signature must be an object'],
    ['blanks in its id', 'id', 'Acme Inc', "'Acme Inc': id must be lower-case letters, digits and hyphens"],
    ['a mark in its id', 'id', 'acme!', "'acme!': id must be lower-case letters, digits and hyphens"],
    ['an empty id', 'id', '', "'': id must be lower-case letters, digits and hyphens"],
    ['no id', 'id', undefined, "'?': id must be lower-case letters, digits and hyphens"],
  ])('%s', (_, path, value, met) => {
    expect(() => defineProvider(broken(path, value))).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(met) }),
    )
  })

  test.each([
    ['rotation.max', 0],
    ['rotation.max', 17],
    ['rotation.gracesMs', []],
    ['rotation.gracesMs', [-1]],
    ['rotation.gracesMs', [0, -1]],
    ['rotation.gracesMs', 'soon'],
    ['rotation.activates', 'soon'],
  ])('%s: %j', (path, value) => {
    const expiring = plainVendor({ rotation: policies.afterGrace })
    expect(() => defineProvider(broken(path, value, expiring))).toThrowError(refusal(path))
  })

  test('a header of a token that is none', () => {
    const header = { primary: 'x y', secondary: 'X-Secondary' }
    const scheme = { kind: 'token', header } as const
    expect(() => defineProvider({ ...slottedVendor(), scheme })).toThrowError(
      expect.objectContaining({ message: expect.stringContaining('scheme.header.primary must be a header name') }),
    )
  })

  test.each([
    [undefined, 'scheme.signature[0].slot'],
    [['primary', 'tertiary'], 'scheme.signature[1].slot'],
  ])('slots: %j, of which a signature has another', (slots, field) => {
    const met = `${field} must be one of the provider's slots`
    expect(() => defineProvider(broken('slots', slots, slotted))).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(met) }),
    )
  })

  test.each([
    [undefined, "'?': it must be an object"],
    [null, "'?': it must be an object"],
    ['acme', "'?': it must be an object"],
    [{}, "'?': id must be lower-case letters, digits and hyphens"],
  ])('%j is none', (value, met) => {
    expect(() => defineProvider(value as unknown as Provider)).toThrowError(
      expect.objectContaining({ code: 'provider-invalid', message: expect.stringContaining(met) }),
    )
  })
})

test('what is right comes back frozen', () => {
  const base = plainVendor()
  const defined = defineProvider(base)
  expect(defined).toEqual(base)
  expect(Object.isFrozen(defined)).toBe(true)
})

describe('defineProvider takes', () => {
  const stamped = { header: 'X-Acme-Timestamp', unit: 's' } as const

  test.each<[string, Provider]>([
    ['a tolerance beside a stamp', { ...stampedVendor(), toleranceSeconds: 0 }],
    ['eight signatures', broken('scheme.signature', fields(8))],
    ['sixteen secrets', plainVendor({ rotation: { ...policies.afterGrace, max: 16 } })],
    ['secrets of 64 bytes', plainVendor({ secrets: { issuedBy: 'either', alphabet: 'alphanumeric', bytes: 64 } })],
    [
      'a prefix and a separator of a token',
      broken('scheme.separator', ',', broken('scheme.prefix', 'v1=', tokenVendor())),
    ],
    [
      'functions',
      broken(
        'scheme.signature.parse',
        () => ({ candidates: [] }),
        broken('scheme.format', () => ({})),
      ),
    ],
    [
      'a stamp that the signature brings',
      plainVendor(
        {},
        {
          signature: { header: 'X-Sig', encoding: 'hex', prefix: 'v1=', parse: () => ({ candidates: [] }) },
          timestamp: { unit: 's', parse: Number },
          signed: ({ timestamp, body }) => [timestamp, body],
        },
      ),
    ],
    [
      'a stamp that one of two signatures brings',
      plainVendor(
        {},
        {
          signature: [
            { header: 'X-Sig', encoding: 'hex', parse: () => ({ candidates: [] }) },
            { header: 'X-Old-Sig', encoding: 'hex' },
          ],
          timestamp: { unit: 's' },
          signed: ({ timestamp, body }) => [timestamp, body],
        },
      ),
    ],
    [
      'a stamp that is signed in pieces',
      plainVendor(
        {},
        { timestamp: stamped, signed: ({ timestamp, body }) => [timestamp.slice(0, 5), timestamp.slice(5), body] },
      ),
    ],
    [
      'a stamp that is signed as bytes',
      plainVendor(
        {},
        { timestamp: stamped, signed: ({ timestamp, body }) => [new TextEncoder().encode(timestamp), body] },
      ),
    ],
  ])('%s', (_, provider) => {
    expect(defineProvider(provider)).toEqual(provider)
  })
})

test('the function that says what is signed is asked about a delivery that holds nothing', () => {
  const asked: unknown[] = []
  const signed = (message: SignedMessage) => {
    asked.push(message)
    return [message.body]
  }
  plainVendor({}, { signed })
  expect(asked).toEqual([{ body: new Uint8Array(), timestamp: '', id: '', url: '', method: 'POST' }])
})

test('an option of an adapter that is one of a few is refused by their names', () => {
  expect(() => requireOneOf('b', ['a', 'b'], 'acme', 'mode')).not.toThrow()
  expect(() => requireOneOf('c', ['a', 'b'], 'acme', 'mode')).toThrowError(
    expect.objectContaining({
      code: 'provider-invalid',
      message: expect.stringContaining("'acme': mode must be a or b"),
    }),
  )
})
