import type { HeadersInput } from '../headers.js'

/** Headers that may be read more than once: a generator gives its entries to the first reader only. */
export function rereadable(headers: HeadersInput): HeadersInput {
  return Symbol.iterator in headers ? [...headers] : headers
}
