import type { HeadersInput } from '../headers.js'

/** A header as it came; repeats are joined as HTTP does (RFC 9110, section 5.3). */
export interface HeaderEntry {
  readonly name: string
  readonly value: string
}

/** Of longer values no verifier reads anything either (law 4). They are cut behind it, so that it is seen that they are. */
export const LONGEST_VALUE = 8192
const MOST_HEADERS = 200
/** A token (RFC 9110, section 5.6.2). Names are shown: what is none could be anything, escape codes included. */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/

/** The first headers, and those of `names`; of what can only be asked for one name at a time the latter alone. */
export function headerEntries(headers: HeadersInput, names: readonly string[]): readonly HeaderEntry[] {
  const values = new Map<string, HeaderEntry>()
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  for (const [name, value] of pairs(headers, names)) {
    if (typeof name !== 'string' || !NAME.test(name)) continue
    if (typeof value !== 'string') continue
    const before = values.get(name.toLowerCase())
    if (before === undefined && values.size >= MOST_HEADERS && !wanted.has(name.toLowerCase())) continue
    const joined = before ? `${before.value}, ${value}` : value
    values.set(name.toLowerCase(), { name: before?.name ?? name, value: joined.slice(0, LONGEST_VALUE + 1) })
  }
  return [...values.values()]
}

function pairs(headers: HeadersInput, names: readonly string[]): [unknown, unknown][] {
  if (Symbol.iterator in headers) return [...(headers as unknown as Iterable<[unknown, unknown]>)]
  if (typeof headers.get === 'function') {
    const { get } = headers as { get(name: string): unknown }
    return names.map((name) => [name, get.call(headers, name)])
  }
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): [unknown, unknown] => [name, one]),
  )
}

/** The value of a header, its name compared without case. */
export function headerValue(entries: readonly HeaderEntry[], name: string): string | undefined {
  return entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase())?.value
}
