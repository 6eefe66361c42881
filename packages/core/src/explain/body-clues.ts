import type { Finding } from './finding.js'
import { headerValue } from './header-entries.js'
import { UNPARSED } from './readings/body-change.js'
import type { Subject } from './subject.js'

/** What a body shows of what happened to it, where no reading of it would verify. */
export function bodyClues({ body, entries }: Subject): Finding[] {
  const declared = headerValue(entries, 'content-length')
  const isEncoded = headerValue(entries, 'content-encoding') !== undefined
  const length = declared !== undefined && /^\d{1,15}$/.test(declared) ? Number(declared) : undefined
  if (body.length === 0) {
    // It was sent so.
    if (length === 0) return []
    return [
      {
        code: 'body-empty',
        summary: `The body is empty${length ? `, and Content-Length says that ${length} bytes arrived: a parser has read it before` : ': a parser may have read it before'}.`,
        fix: UNPARSED,
        certain: (length ?? 0) > 0,
      },
    ]
  }
  const text = new TextDecoder().decode(body.subarray(0, 64))
  if (text === '[object Object]') {
    return [
      {
        code: 'body-parsed',
        summary: 'The body is the text [object Object]: a parser made an object of it, and that was made text.',
        fix: UNPARSED,
        certain: true,
      },
    ]
  }
  return [...changedLength(body, isEncoded ? undefined : length), ...lostCharacters(body)]
}

function changedLength(body: Uint8Array, declared: number | undefined): Finding[] {
  if (declared === undefined || declared === body.length) return []
  return [
    {
      code: 'body-length',
      summary: `The body has ${body.length} bytes, and Content-Length says ${declared}: these are not the bytes that arrived.`,
      fix: UNPARSED,
      certain: true,
    },
  ]
}

/** U+FFFD in UTF-8. */
const REPLACEMENT = [0xef, 0xbf, 0xbd]

function lostCharacters(body: Uint8Array): Finding[] {
  const isLost = body.some((byte, index) => byte === 0xef && REPLACEMENT.every((one, at) => body[index + at] === one))
  if (!isLost) return []
  return [
    {
      code: 'body-decoded',
      summary:
        'The body holds U+FFFD, which decoders put in the place of bytes that are no UTF-8: what was signed is lost.',
      fix: 'Verify the raw bytes that arrived, before anything makes text of them.',
      certain: false,
    },
  ]
}
