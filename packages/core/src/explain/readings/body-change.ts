import { latin1 } from '../../encoding.js'
import type { Deviation } from '../deviations/deviation.js'

/** What a body may have been, and how it came to be what it is. */
export type BodyChange = readonly [deviation: Deviation, bytes: Uint8Array]

/** What helps where something parsed it. */
export const UNPARSED =
  'Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().'

/** What helps against nearly all of the others. */
export const RAW = 'Verify the raw bytes that arrived, before a body parser or a proxy writes them anew.'

/** @param summary continues "with the body". */
export function bodyChange(code: string, summary: string, fix: string, bytes: Uint8Array): BodyChange {
  return [{ code, summary: `with the body ${summary}`, fix }, bytes]
}

/** Byte by byte, so that it is there for any bytes. In pieces: an argument for each byte would be too many. */
export function latin1Text(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) text += latin1(bytes.subarray(start, start + 8192))
  return text
}

/** The bytes of a text that has one character for each. */
export function latin1Bytes(latin1Text: string): Uint8Array {
  return Uint8Array.from(latin1Text, (character) => character.charCodeAt(0))
}
