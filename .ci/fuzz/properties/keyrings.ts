import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { CountersignError, exportKeyring, keyring, parseKeyring, secret } from '../../../packages/core/src/index.js'
import { anyEdit, anyTextOf } from '../texts.js'

const anyMoment = fc.oneof(fc.constant(undefined), fc.constantFrom(0, -1, 1.5, 8.64e15), fc.integer())
const anySecret = fc.uint8Array({ minLength: 8, maxLength: 24 }).chain((bytes) =>
  fc.constantFrom('hex' as const, 'base64' as const, 'whsec' as const).map((encoding) => {
    const text = Buffer.from(bytes).toString(encoding === 'hex' ? 'hex' : 'base64')
    return secret(encoding === 'whsec' ? `whsec_${text}` : text, { encoding })
  }),
)
const anyKey = fc.record(
  {
    secret: fc.oneof(anySecret, fc.constant('correct-horse-battery')),
    slot: fc.constantFrom(undefined, 'primary', '__proto__', ''),
    activeFrom: anyMoment,
    retireFrom: anyMoment,
    notAfter: anyMoment,
    revokedAt: anyMoment,
  },
  { requiredKeys: ['secret'] },
)
const anyRing = fc
  .array(anyKey, { maxLength: 4 })
  .map((keys) => keyring(keys.map((key, index) => ({ id: index === 1 ? '__proto__' : `key-${index}`, ...key }))))

const WORDS = [
  ...'{}[],:"',
  '"format":',
  '"countersign-keyring"',
  '"version":',
  '1',
  '"keys":',
  '"tombstones":',
  '"id":',
]
WORDS.push('"secret":', '"encoding":', '"utf8"', '"a"', 'null', '1e999', '-0', '"__proto__":', '\\u0000', '\ud800', ' ')

const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, 0, '', 'utf8', [], {}, '__proto__', [null], 1e308),
)
/** A ring's document with some members exchanged, taken away or added, at any depth. */
const anySpoiledRing = fc
  .tuple(
    anyRing,
    fc.array(fc.tuple(fc.nat(30), fc.option(anyJson), fc.constantFrom('', 'extra', '__proto__')), { maxLength: 3 }),
  )
  .map(([ring, changes]) => {
    const document = JSON.parse(exportKeyring(ring))
    // A copy, since the same value may be put into itself.
    for (const [at, value, name] of changes) spoil(document, at, structuredClone(value), name)
    return JSON.stringify(document)
  })

function spoil(document: unknown, at: number, value: unknown, name: string): void {
  const members = membersOf(document)
  const [holder, key] = members[at % members.length] ?? []
  if (holder === undefined || key === undefined) return
  Object.defineProperty(holder, name || key, { value, enumerable: true, configurable: true, writable: true })
}

/** Every member of a document, as the object that holds it and its name. */
function membersOf(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]): [object, string][] => [[value, key], ...membersOf(inner)])
}

/** A ring that is written as it was read, or one of two errors. */
function isReadOrRefused(text: string): void {
  try {
    const written = exportKeyring(parseKeyring(text))
    strictEqual(exportKeyring(parseKeyring(written)), written)
    // Once more, since JSON reads a -0 that it does not write.
    const [given, kept] = [JSON.parse(JSON.stringify(JSON.parse(text))), JSON.parse(written)]
    deepStrictEqual(kept.tombstones, given.tombstones)
    // Nothing is dropped: all that was given is still there, but for the encoding that is the default.
    const withDefault = given.keys.map((key: object) => ({ encoding: 'utf8', ...key }))
    deepStrictEqual(kept.keys, withDefault)
  } catch (error) {
    const codes = ['keyring-malformed', 'keyring-version-unsupported']
    if (!(error instanceof CountersignError && codes.includes(error.code))) throw error
  }
}

export const keyrings = {
  'keyring-read-back': fc.property(anyRing, (ring) => {
    const text = exportKeyring(ring)
    strictEqual(exportKeyring(parseKeyring(text)), text)
    isReadOrRefused(text)
  }),

  'keyring-of-words': fc.property(anyTextOf(WORDS, 30), isReadOrRefused),

  'keyring-edited': fc.property(anyRing, fc.array(anyEdit('{}[]":,0a\\'), { maxLength: 3 }), (ring, edits) => {
    isReadOrRefused(edits.reduce((text, edit) => edit(text), exportKeyring(ring)))
  }),

  'keyring-spoiled': fc.property(anySpoiledRing, isReadOrRefused),

  'keyring-of-anything': fc.property(fc.anything(), (value) => {
    try {
      parseKeyring(value as string)
    } catch (error) {
      if (!(error instanceof CountersignError && error.code === 'keyring-malformed')) throw error
    }
  }),
}
