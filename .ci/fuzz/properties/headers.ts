import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { readHeader, rereadable } from '../core-internals.js'

const NAME = 'X-Acme-Signature'
const anyName = fc.oneof(
  fc.constantFrom(NAME, NAME.toLowerCase(), NAME.toUpperCase(), 'x-acme-signaturE', 'x-acme-signatures', 'x-acme'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'get', 'has', '0', ''),
  fc.string(),
)
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 10 }), fc.constantFrom('', ',', 'a, b'))
const anyValue = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 1, arbitrary: fc.array(fc.oneof(anyText, fc.constantFrom(undefined, null, 1)), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 0, true, {}, Symbol.iterator) },
)
const anyEntries = fc.array(fc.tuple(anyName, anyValue), { maxLength: 5 })
/** As an HTTP library lets them through. */
const anyField = fc.tuple(
  fc.oneof(fc.constantFrom(NAME, 'x-acme-signature', 'other'), fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,9}$/)),
  fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,9}$/),
)

const read = (headers: unknown) => readHeader(rereadable(headers as never), NAME.toLowerCase())
const isWanted = (name: string) => name.toLowerCase() === NAME.toLowerCase()

/** What an independent reading finds, values in the order in which their names came first. Entries have texts alone. */
function joined(entries: Iterable<readonly [string, unknown]>, listed?: 'listed'): string | undefined {
  const lists = new Map<string, unknown[]>()
  for (const [name, value] of entries) if (isWanted(name)) lists.set(name, [...(lists.get(name) ?? []), value])
  const texts = [...lists.values()].flat(listed ? 2 : 1).filter((value) => typeof value === 'string')
  return texts.length === 0 ? undefined : texts.join(', ')
}

/** Own names alone, `__proto__` among them. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries)
}

function nullObjectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.assign(Object.create(null), objectOf(entries))
}

/** A function under `get` would make them a `Headers`. */
const withoutGet = (entries: readonly (readonly [string, unknown])[]) => entries.filter(([name]) => name !== 'get')

export const headers = {
  'header-in-object': fc.property(anyEntries, fc.constantFrom(objectOf, nullObjectOf), (entries, make) => {
    const given = make(withoutGet(entries))
    strictEqual(read(given), joined(Object.entries(given), 'listed'))
  }),

  'header-in-entries': fc.property(anyEntries, (entries) => {
    strictEqual(read(entries), joined(entries))
    strictEqual(read(new Map(entries)), joined(new Map(entries)))
    strictEqual(read((entries as Iterable<unknown>)[Symbol.iterator]()), joined(entries))
  }),

  'header-in-fetch': fc.property(fc.array(anyField, { maxLength: 5 }), (fields) => {
    const given = new Headers(fields)
    strictEqual(read(given), given.get(NAME) ?? undefined)
    // Something with a `get` that is not the global class.
    strictEqual(read({ get: (name: string) => given.get(name) }), given.get(NAME) ?? undefined)
  }),

  'header-of-anything': fc.property(fc.anything(), fc.constantFrom('get', NAME, 'x-acme-signature'), (value, name) => {
    const given = { [name]: value }
    const texts = [value].flat().filter((text) => typeof text === 'string')
    deepStrictEqual(read(given), isWanted(name) && texts.length > 0 ? texts.join(', ') : undefined)
  }),
}
