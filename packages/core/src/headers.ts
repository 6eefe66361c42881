/** Any `Headers` (also one that is not the global class), a plain object such as `req.headers`, or entries. */
export type HeadersInput =
  | {
      /** The value of a header, or null if it is not there; repeats joined with `, `. */
      get(name: string): string | null
    }
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string]>

/**
 * Headers that may be read more than once: a generator gives its entries to the first reader only. Of a `Headers` nothing but
 * its `get` is asked.
 */
export type Rereadable = Readonly<Record<string, unknown>>

export function rereadable(headers: HeadersInput): Rereadable {
  // In this order: most are plain objects, and are looked at once.
  if (!(Symbol.iterator in headers) || isHeaders(headers)) return headers as Rereadable
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
  // Nothing is listed for it, and lengths come first: they decide nearly always, and cost least.
  for (const name in headers) {
    if (name.length !== wanted.length || (name !== wanted && name.toLowerCase() !== wanted)) continue
    // What an object inherits was not sent; of a `Headers` that is all there is.
    if (Object.hasOwn(headers, name)) found = found === undefined ? headers[name] : [found, headers[name]].flat()
  }
  if (typeof found === 'string') return found
  if (isHeaders(headers)) found = headers.get(wanted)
  const texts = [found].flat().filter((text) => typeof text === 'string')
  return texts.length ? texts.join(', ') : undefined
}

/** A Map has a `get` too, but one that minds the case. */
function isHeaders(headers: object): headers is { get(name: string): unknown } {
  return typeof (headers as { get?: unknown }).get === 'function' && !(headers instanceof Map)
}
