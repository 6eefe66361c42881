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
  const surplus = extra > 0 ? surplusOf(rest.subarray(length)) : undefined
  if (surplus !== undefined) return { body: rest.subarray(0, length), warnings: [`${met}: ${surplus} was cut off`] }
  // Cut in its midst a body could not be explained: it was changed since, and all of it is what there is to see.
  if (extra > 0) return { body: rest, warnings: [`${met}: the body was changed since it was sent`] }
  return { body: rest, warnings: [`${met}: ${-extra} are missing`] }
}

/** What nobody sent, if that is all that stands behind the body. */
function surplusOf(behind: Uint8Array): string | undefined {
  const breaks = behind.findIndex((byte) => byte !== 0x0a && byte !== 0x0d)
  if (breaks < 0) return 'the line break at the end, which an editor may have added,'
  // Its remarks and the answer, where its whole output was kept.
  const [mark, blank] = behind.subarray(breaks)
  const isRemark = (mark === 0x2a || mark === 0x3c) && blank === 0x20
  return isRemark && (breaks > 0 || mark === 0x2a) ? 'what curl -v tells behind the body' : undefined
}

function lengthProblem(headers: readonly (readonly [string, string])[]): string[] {
  const isThere = headerValue(headers, 'content-length') !== undefined
  return isThere ? ['Content-Length is not one number, so everything after the headers was taken as the body'] : []
}
