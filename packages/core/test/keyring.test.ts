import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exportKeyring,
  type KeyInput,
  keyring,
  parseKeyring,
  prune,
  reveal,
  revoke,
  rotate,
  secret,
} from '../src/index.js'
import { plainVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'

describe('states, over half-open intervals', () => {
  const dates = { activeFrom: 100, retireFrom: 200, notAfter: 300, revokedAt: 400 }
  test.each([
    [dates, 99, 'staged', 100],
    [dates, 100, 'active', 200],
    [dates, 199, 'active', 200],
    [dates, 200, 'retiring', 300],
    [dates, 299, 'retiring', 300],
    [dates, 300, 'expired', 400],
    [dates, 400, 'revoked', undefined],
    [{}, 0, 'active', undefined],
    [{ revokedAt: 50 }, 49, 'active', 50],
    [{ revokedAt: 50, notAfter: 10 }, 50, 'revoked', undefined],
    [{ retireFrom: 100, activeFrom: 200 }, 150, 'retiring', undefined],
    [{ activeFrom: 200, notAfter: 100 }, 150, 'expired', undefined],
    [{ activeFrom: 200, retireFrom: 200 }, 100, 'staged', 200],
    [{ retireFrom: 300, notAfter: 200 }, 100, 'active', 200],
  ] as const)('%j at %i is %s until %s', (key, now, state, until) => {
    const ring = keyring([{ id: 'a', secret: SECRET, ...key }])
    expect(ring.describe(now)).toEqual([{ id: 'a', slot: undefined, state, until }])
    const usable = ['staged', 'active', 'retiring'].includes(state)
    expect(ring.usable(now).map(({ id }) => id)).toEqual(usable ? ['a'] : [])
  })

  test('usable keys: staged, active, retiring, whatever their position', () => {
    const ring = keyring([
      { id: 'old', secret: 'secret-old', retireFrom: 10 },
      { id: 'now', secret: 'secret-now' },
      { id: 'gone', secret: 'secret-gone', notAfter: 10 },
      { id: 'next', secret: 'secret-next', activeFrom: 99 },
    ])
    expect(ring.usable(50).map(({ id }) => id)).toEqual(['next', 'now', 'old'])
    expect(ring.usable(5).map(({ id }) => id)).toEqual(['next', 'old', 'now', 'gone'])
    expect(ring.usable(99).map(({ id }) => id)).toEqual(['now', 'next', 'old'])
    // Asked again for the same moment it does not sort again.
    expect(ring.usable(99)).toBe(ring.usable(99))
  })
})

test('ended keys: revoked, or expired within a day, and none that verifies', () => {
  const day = 86_400_000
  const ring = keyring([
    { id: 'revoked', secret: 'secret-0', revokedAt: 1 },
    { id: 'expired', secret: 'secret-1', notAfter: day },
    { id: 'long-expired', secret: 'secret-2', notAfter: day - 1 },
    { id: 'retiring', secret: 'secret-3', retireFrom: 1, notAfter: 2 * day + 1 },
    { id: 'active', secret: 'secret-4', notAfter: 3 * day },
    { id: 'staged', secret: 'secret-5', activeFrom: 3 * day },
  ])
  expect(ring.ended(2 * day).map(({ id }) => id)).toEqual(['revoked', 'expired'])
})

describe('a ring refuses', () => {
  test.each<[string, unknown, string, string?]>([
    ['a doubled id', [key('a'), key('a')], 'id-in-use', "the key id 'a' is taken, or was once: choose another"],
    ['17 keys', Array.from({ length: 17 }, (_, index) => key(`key-${index}`)), 'too-many-keys'],
    ['an empty id', [key('')], 'key-invalid', "a key's id must be 1 to 128 printable ASCII characters"],
    ['an id that is no text', [{ ...key('a'), id: 5 }], 'key-invalid'],
    ['an id with a line break', [key('a\nb')], 'key-invalid'],
    ['an id of another alphabet', [key('kеy')], 'key-invalid'],
    [
      'a date as text',
      [{ ...key('a'), notAfter: '2026-01-01' }],
      'key-invalid',
      "a key's notAfter must be milliseconds since the epoch",
    ],
    ['a Date', [{ ...key('a'), activeFrom: new Date() }], 'key-invalid'],
    ['NaN', [{ ...key('a'), revokedAt: Number.NaN }], 'key-invalid'],
    ['a slot that is no text', [{ ...key('a'), slot: 1 }], 'key-invalid', "a key's slot must be text"],
    ['what is no key', [undefined], 'key-invalid', "a key's input must be an object"],
    ['null', [null], 'key-invalid', "a key's input must be an object"],
    ['a cloned secret', [{ id: 'a', secret: structuredClone(secret(SECRET)) }], 'secret-malformed'],
    ['a short secret', [{ id: 'a', secret: 'short' }], 'secret-too-short'],
  ])('%s', (_, keys, code, met = '') => {
    expect(() => keyring(keys as KeyInput[])).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(met) }),
    )
  })

  function key(id: string): KeyInput {
    return { id, secret: `secret-of-${id}` }
  }
})

describe('the text format', () => {
  const date = fc.option(
    fc.oneof(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    ),
    {
      nil: undefined,
    },
  )
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => value.trim() !== '' && !/\p{Surrogate}/u.test(value))
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 70 })
  const anySecret = fc.oneof(
    text.map((value) => secret(value, { minBytes: 1, verbatim: true })),
    bytes.map((value) => secret(Buffer.from(value).toString('hex'), { encoding: 'hex', minBytes: 1 })),
    bytes.map((value) => secret(Buffer.from(value).toString('base64'), { encoding: 'base64', minBytes: 1 })),
    bytes.map((value) => secret(`whsec_${Buffer.from(value).toString('base64')}`, { encoding: 'whsec', minBytes: 1 })),
  )
  const anyKey = fc.record({
    id: fc.stringMatching(/^[!-~]{1,20}$/),
    secret: anySecret,
    slot: fc.option(fc.string(), { nil: undefined }),
    activeFrom: date,
    retireFrom: date,
    notAfter: date,
    revokedAt: date,
  })
  const anyRing = fc.uniqueArray(anyKey, { maxLength: 16, selector: ({ id }) => id }).map(keyring)

  test('reading what was written gives the same ring', () => {
    fc.assert(
      fc.property(anyRing, fc.integer(), (ring, now) => {
        const pruned = prune(ring, now)
        for (const made of [ring, pruned]) {
          const read = parseKeyring(exportKeyring(made))
          expect(contentOf(read)).toEqual(contentOf(made))
          expect(exportKeyring(read)).toBe(exportKeyring(made))
          expect(read.describe(now)).toEqual(made.describe(now))
        }
      }),
      { numRuns: 300 },
    )
  })

  function contentOf(ring: ReturnType<typeof keyring>) {
    return {
      keys: ring.keys.map((key) => ({ ...key, secret: reveal(key.secret), bytes: key.secret.byteLength })),
      tombstones: ring.tombstones,
    }
  }

  const good = JSON.parse(exportKeyring(keyring([{ id: 'a', secret: SECRET }])))
  const [goodKey] = good.keys
  test.each([
    ['nothing', '', 'it is not JSON'],
    ['no JSON', '{', 'it is not JSON'],
    ['null', 'null', 'it is not a Countersign keyring'],
    ['a text', '"x"', 'it is not a Countersign keyring'],
    ['another format', { ...good, format: 'jwks' }, 'it is not a Countersign keyring'],
    ['an unknown field', { ...good, note: 'x' }, 'the keyring has a field that version 1 does not know'],
    ['no keys', { ...good, keys: undefined }, 'keys is not a list'],
    ['keys that are no list', { ...good, keys: {} }, 'keys is not a list'],
    ['a key that is no object', { ...good, keys: ['x'] }, 'keys[0] is not an object'],
    ['a key that is a list', { ...good, keys: [[]] }, 'keys[0] is not an object'],
    [
      'an unknown field of a key',
      { ...good, keys: [{ ...goodKey, weight: 1 }] },
      'keys[0] has a field that version 1 does not know',
    ],
    ['an unknown encoding', { ...good, keys: [{ ...goodKey, encoding: 'rot13' }] }, 'secret-malformed'],
    ['a bad date', { ...good, keys: [{ ...goodKey, notAfter: 'soon' }] }, 'key-invalid'],
    ['a doubled id', { ...good, keys: [goodKey, goodKey] }, 'id-in-use'],
    ['an id that is a tombstone', { ...good, tombstones: ['a'] }, 'id-in-use'],
    ['tombstones that are no ids', { ...good, tombstones: [1] }, 'tombstones is not a list of ids'],
    ['tombstones that are no list', { ...good, tombstones: 'a' }, 'tombstones is not a list of ids'],
  ])('%s is refused', (_, value, problem) => {
    const written = typeof value === 'string' ? value : JSON.stringify(value)
    expect(() => parseKeyring(written)).toThrowError(
      expect.objectContaining({
        code: 'keyring-malformed',
        message: `keyring-malformed: the keyring cannot be read: ${problem}`,
      }),
    )
    try {
      parseKeyring(written)
    } catch (error) {
      expect(String(error) + (error as Error).stack).not.toContain(SECRET)
    }
  })

  test.each([2, undefined])('version %j is refused', (version) => {
    expect(() => parseKeyring(JSON.stringify({ ...good, version }))).toThrowError(
      expect.objectContaining({
        code: 'keyring-version-unsupported',
        message: expect.stringContaining('the keyring has another version than 1: update this package to read it'),
      }),
    )
  })

  test('what the ring was made of knowingly is not judged again', () => {
    const verbatim = secret(' x', { minBytes: 1, verbatim: true })
    const read = parseKeyring(exportKeyring(keyring([{ id: 'a', secret: verbatim }])))
    expect(read.keys.map((key) => reveal(key.secret))).toEqual([' x'])
  })

  test('any text is a ring or a typed error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (written) => {
        expect(() => parseKeyring(written)).toThrowError(
          expect.objectContaining({ code: expect.stringMatching(/^keyring-/) }),
        )
      }),
    )
  })
})

describe('ids are never given out again', () => {
  const provider = plainVendor()

  test('neither while the key is there nor after it was pruned', () => {
    let ring = keyring([{ id: 'key-1', secret: SECRET }])
    ring = rotate(ring, provider, { secret: 'the-second-secret', now: 0, graceMs: 0 }).ring
    expect(ring.keys.map(({ id }) => id)).toEqual(['key-1', 'key-2'])
    ring = prune(ring, 1)
    expect(ring.keys.map(({ id }) => id)).toEqual(['key-2'])
    expect(ring.tombstones).toEqual(['key-1'])
    expect(() => rotate(ring, provider, { id: 'key-1' })).toThrowError(expect.objectContaining({ code: 'id-in-use' }))
    expect(rotate(ring, provider, { now: 2 }).key.id).toBe('key-3')
    expect(parseKeyring(exportKeyring(ring)).tombstones).toEqual(['key-1'])
  })

  test('a revoked key verifies no longer, and its first date of revocation stays', () => {
    const ring = revoke(revoke(keyring([{ id: 'key-1', secret: SECRET }]), 'key-1', { now: 10 }), 'key-1', { now: 20 })
    expect(ring.keys[0]?.revokedAt).toBe(10)
    expect(ring.usable(10)).toEqual([])
    expect(prune(ring, 10).tombstones).toEqual(['key-1'])
    const two = keyring([
      { id: 'key-1', secret: SECRET },
      { id: 'key-2', secret: 'the-second-secret' },
    ])
    expect(
      revoke(two, 'key-1', { now: 10 })
        .usable(10)
        .map(({ id }) => id),
    ).toEqual(['key-2'])
    expect(() => revoke(ring, 'key-9')).toThrowError(expect.objectContaining({ code: 'key-unknown' }))
  })
})
