import { concatenate } from '../../bytes.js'

const LF = 0x0a
const CR = 0x0d
/** Sizes with more digits are longer than any input. */
const SIZE = /^[0-9A-Fa-f]{1,8}$/

/**
 * What a chunked body holds (RFC 9112, section 7.1), or undefined if it is not chunked: many tools save what they decoded
 * under the headers that arrived. Trailers, and what stands after them, are left out.
 */
export function dechunked(bytes: Uint8Array): Uint8Array | undefined {
  const chunks: Uint8Array[] = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf(LF, at)
    if (lineEnd === -1) return undefined
    const size = chunkSize(bytes.subarray(at, lineEnd))
    const start = lineEnd + 1
    if (size === undefined) return undefined
    if (size === 0) return concatenate(chunks)
    chunks.push(bytes.subarray(start, start + size))
    const next = afterBreak(bytes, start + size)
    if (next === undefined) return undefined
    at = next
  }
}

function chunkSize(line: Uint8Array): number | undefined {
  // A size has 8 digits at most; extensions after a semicolon are skipped.
  const text = String.fromCharCode(...line.subarray(0, 32)).split(/[;\r \t]/, 1)[0] ?? ''
  return SIZE.test(text) ? Number.parseInt(text, 16) : undefined
}

function afterBreak(bytes: Uint8Array, at: number): number | undefined {
  const end = bytes[at] === CR ? at + 1 : at
  return bytes[end] === LF ? end + 1 : undefined
}
