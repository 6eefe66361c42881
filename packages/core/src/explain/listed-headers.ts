import type { HeadersInput } from '../headers.js'

/** Headers that may be read more than once, and are headers still: a generator gives its entries to the first reader only. */
export function listedHeaders(headers: HeadersInput): HeadersInput {
  return Symbol.iterator in headers ? [...headers] : headers
}
