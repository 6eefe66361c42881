import { declaredLength } from './body-length.js'
import { dechunked } from './chunked.js'
import { headerValue } from './header-text.js'

export interface FramedBody {
  readonly body: Uint8Array
  readonly warnings: readonly string[]
}

/** What of the bytes after the header block is the body (RFC 9112, section 6.3). */
export function framedBody(headers: readonly (readonly [string, string])[], rest: Uint8Array): FramedBody {
  const coding = headerValue(headers, 'transfer-encoding')
  // A transfer coding overrides a length: section 6.3, rule 3.
  if (coding !== undefined) return unchunkedBody(coding, rest)
  const length = declaredLength(headers)
  if (length === undefined) return { body: rest, warnings: lengthProblem(headers) }
  return bodyOfLength(rest, length)
}

function unchunkedBody(coding: string, rest: Uint8Array): FramedBody {
  const body = coding.toLowerCase() === 'chunked' ? dechunked(rest) : undefined
  if (body !== undefined) return { body, warnings: [] }
  const warning = 'a header Transfer-Encoding is there, and the body is not chunked, so it was taken as it is'
  return { body: rest, warnings: [warning] }
}

function bodyOfLength(rest: Uint8Array, length: number): FramedBody {
  const extra = rest.length - length
  if (extra === 0) return { body: rest, warnings: [] }
  const met = `Content-Length says ${length} bytes, and ${rest.length} follow the headers`
  if (extra > 0 && rest.subarray(length).every(isLineBreak)) {
    const warning = `${met}: the line break at the end was cut off, as an editor may have added it`
    return { body: rest.subarray(0, length), warnings: [warning] }
  }
  // Cut in its midst a body could not be explained: it was changed since, and all of it is what there is to see.
  if (extra > 0) return { body: rest, warnings: [`${met}: the body was changed since it was sent`] }
  return { body: rest, warnings: [`${met}: ${-extra} are missing`] }
}

function isLineBreak(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d
}

function lengthProblem(headers: readonly (readonly [string, string])[]): string[] {
  const isThere = headerValue(headers, 'content-length') !== undefined
  return isThere ? ['Content-Length is not one number, so everything after the headers was taken as the body'] : []
}
