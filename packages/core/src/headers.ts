/** Any `Headers` (also one that is not the global class), a plain object such as `req.headers`, or entries. */
export type HeadersInput =
  | {
      /** The value of a header, or null if it is not there; repeats joined with `, `. */
      get(name: string): string | null
    }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string]>

/** What is asked for a header by its name. */
interface Asked {
  get(name: string): unknown
}

/**
 * Headers that may be read more than once: a generator gives its entries to the first reader only. A `Headers` stands between
 * brackets, so that it is known at a look.
 */
export type Rereadable = [Asked] | Readonly<Record<string, unknown>>

export function rereadable(headers: HeadersInput): Rereadable {
  const asked = headers as Asked
  // A Map has a `get` too, but one that minds the case.
  if (typeof asked.get === 'function' && !(headers instanceof Map)) return [asked]
  if (!(Symbol.iterator in headers)) return headers as Readonly<Record<string, unknown>>
  const lists: Record<string, unknown[]> = Object.create(null)
  for (const [name, value] of headers) {
    lists[name] ??= []
    lists[name].push(value)
  }
  return lists
}

/**
 * The value of a header (its name in lower case), or undefined if it is not there. Repeats, in whatever case, and lists are
 * joined with ', ' as HTTP does (RFC 9110, section 5.3), so that a repeat is never silently resolved to one of its values.
 * What is not text is not a header. Reads what is needed and copies nothing.
 */
export function readHeader(headers: Rereadable, wanted: string): string | undefined {
  let found: unknown
  if (Array.isArray(headers)) found = headers[0].get(wanted)
  else {
    // Nothing is listed for it, and lengths come first: they decide nearly always, and cost least.
    for (const name in headers) {
      if (name.length !== wanted.length || (name !== wanted && name.toLowerCase() !== wanted)) continue
      // What an object inherits was not sent.
      if (Object.hasOwn(headers, name)) found = found === undefined ? headers[name] : [found, headers[name]].flat()
    }
  }
  if (typeof found === 'string') return found
  const texts = [found].flat().filter((text) => typeof text === 'string')
  return texts.length ? texts.join(', ') : undefined
}
