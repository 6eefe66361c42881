import { utf8 } from '../../encoding.js'
import { binaryText } from './binary-text.js'
import { lengthWarnings } from './body-length.js'
import type { CapturedRequest } from './captured-request.js'
import { parseCurl } from './curl.js'
import { parseJsonRequest } from './json-request.js'
import { parseRawHttp } from './raw-http.js'
import { unreadable } from './unreadable.js'

/** So `formatCurl` begins where the body is no text; a prompt may stand before either. */
const COMMAND = /^(?:\$ )?(?:curl(?:\.exe)?[ \t\\^\r\n]|printf '%[bs]' ')/
const REPLACEMENT = [0xef, 0xbf, 0xbd]

/**
 * Reads a request as it was captured: raw HTTP (also without its request line, and with the `> ` of `curl -v`), a curl
 * command as shells and browsers write it, a HAR (a whole file or one of its entries), or JSON: `{ headers, body }`,
 * `{ headers, bodyBase64 }`, a Lambda event. The form is recognised by its content. Time is linear in the length.
 *
 * @throws CountersignError `request-unreadable`, which says what is missing and where. It holds no header's value.
 */
export function parseRequest(input: string | Uint8Array): CapturedRequest {
  // A copy: the body is a part of it, and the caller's may change. No Buffer, whose slices are not copies.
  const bytes = withoutMark(typeof input === 'string' ? utf8(input) : new Uint8Array(input))
  const text = binaryText(bytes)
  const start = text.search(/[^ \t\r\n]/)
  if (start === -1) unreadable('the input is empty')
  if (text[start] === '{' || text[start] === '[') return withWarnings(parseJsonRequest(new TextDecoder().decode(bytes)))
  const command = text.slice(start)
  if (COMMAND.test(command)) return withWarnings(parseCurl(command))
  return withReplacementWarning(parseRawHttp(text, bytes))
}

/** An editor's byte order mark belongs to the file, and not to the request. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

/** Raw HTTP is framed by its length, and judges it itself. */
function withWarnings(request: CapturedRequest): CapturedRequest {
  const warnings = [...request.warnings, ...lengthWarnings(request)]
  return withReplacementWarning({ ...request, warnings })
}

function withReplacementWarning(request: CapturedRequest): CapturedRequest {
  if (!holds(request.body, REPLACEMENT)) return request
  const warning =
    'the body holds U+FFFD, which is what is left of bytes that were no UTF-8: capture it as bytes, or as bodyBase64'
  return { ...request, warnings: [...request.warnings, warning] }
}

function holds(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const [first = 0, ...rest] = wanted
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (rest.every((byte, after) => bytes[at + 1 + after] === byte)) return true
  }
  return false
}
