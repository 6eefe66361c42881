import type { CapturedRequest } from './captured-request.js'
import { parseFields } from './field-lines.js'
import { framedBody } from './framing.js'
import { readHead } from './head-lines.js'
import { headerValue } from './header-text.js'
import { parseStartLine, type StartLine } from './start-line.js'
import { unreadable } from './unreadable.js'

/** A request as it went over the wire, or as `nc`, `curl -v` and HTTP/2 tools show it. `text` is binary text. */
export function parseRawHttp(text: string, bytes: Uint8Array): CapturedRequest {
  const head = readHead(text)
  const [first, ...others] = head.lines
  if (first === undefined) unreadable('no header was found')
  const start = parseStartLine(first)
  const { headers, pseudo } = parseFields(start === undefined ? head.lines : others)
  if (pseudo.has(':status')) unreadable('this is a response, and the request is wanted')
  const { body, warnings } = framedBody(headers, bytes.subarray(head.bodyAt))
  return {
    format: 'http',
    method: start?.method ?? pseudo.get(':method') ?? 'POST',
    url: urlOf(start, pseudo, headerValue(headers, 'host')),
    headers,
    body,
    warnings: [...head.warnings, ...warnings],
  }
}

function urlOf(start: StartLine | undefined, pseudo: ReadonlyMap<string, string>, host: string | undefined): string {
  const target = start?.target ?? pseudo.get(':path') ?? ''
  const authority = pseudo.get(':authority') ?? host
  if (authority === undefined || !target.startsWith('/')) return target
  // HTTP/1.1 does not say which it was; what is captured as raw HTTP was not encrypted.
  return `${pseudo.get(':scheme') ?? 'http'}://${authority}${target}`
}
