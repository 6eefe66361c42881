import type { DigestEncoding } from '../../encoding.js'
import type { ParsedSignature, SignatureField } from '../../scheme.js'
import type { FoundDigest } from '../readings/digest-readings.js'
import { readStamp } from '../readings/stamp-readings.js'
import { literal } from './literal.js'

/** How a provider would read a signature that was found in a header: as data, and as the text of it. */
export interface SignaturePlace {
  readonly field: SignatureField
  /** The lines of the field in a provider that is written down. */
  readonly source: string
  /** For a reader: the prefix, or what the header consists of. */
  readonly name: string
}

/** What a digest must be rewritten by, so that it is canonical. */
const REWRITES = {
  hex: ['hex', 'text', (text: string) => text],
  'upper-case hex': ['hex', 'text.toLowerCase()', (text: string) => text.toLowerCase()],
  base64: ['base64', 'text', (text: string) => text],
  'base64 without padding': ['base64', "text.padEnd(Math.ceil(text.length / 4) * 4, '=')", padded],
  base64url: [
    'base64',
    "text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '=')",
    (text: string) => padded(text.replaceAll('-', '+').replaceAll('_', '/')),
  ],
  // atob is everywhere that this runs.
  'base64 of hex': ['hex', 'atob(text)', (text: string) => atob(text)],
} as const satisfies Record<string, readonly [DigestEncoding, string, (text: string) => string]>

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

export function signaturePlace(digest: FoundDigest, holdsSecret: (text: string) => boolean): SignaturePlace {
  const { header, value, start, end, spelling } = digest
  const [encoding, rewriting, rewrite] = REWRITES[spelling]
  const before = value.slice(0, start)
  const isAlone = end === value.length && isPrefix(before) && !holdsSecret(before)
  if (!isAlone) return listPlace(digest)
  const prefix = before === '' ? {} : { prefix: before }
  const named = before === '' ? 'nothing before it' : `'${before}' before it`
  if (rewriting === 'text') {
    const source = `{ header: ${literal(header)}, ${before === '' ? '' : `prefix: ${literal(before)}, `}encoding: '${encoding}' }`
    return { field: { header, encoding, ...prefix }, source, name: named }
  }
  const parse = (text: string): ParsedSignature => ({ candidates: [{ text: rewrite(text) }] })
  const source = `{
      header: ${literal(header)},${before === '' ? '' : `\n      prefix: ${literal(before)},`}
      encoding: '${encoding}',
      parse: (text) => ({ candidates: [{ text: ${rewriting} }] }),
    }`
  return { field: { header, encoding, ...prefix, parse }, source, name: named }
}

/** Text without a digit's worth of data: `sha256=`, `v0=`, `Bearer `. A stamp before it is none. */
function isPrefix(before: string): boolean {
  return before.length <= 16 && /^[\w-]*[=,: ]?$/.test(before) && !/\d{6}/.test(before)
}

/** A header of several parts: digests of one length, and what else stands around them, a stamp perhaps. */
function listPlace({ header, value, start, end, spelling }: FoundDigest): SignaturePlace {
  const [encoding, rewriting, rewrite] = REWRITES[spelling]
  const { length } = value.slice(start, end).replace(/=+$/, '')
  // Of that length only: one that is not well-formed would make all of the header malformed.
  const isHex = spelling === 'hex' || spelling === 'upper-case hex'
  const shape = new RegExp(isHex ? `^[0-9a-fA-F]{${length}}$` : `^[\\w+/-]{${length}}={0,2}$`)
  const parse = (text: string): ParsedSignature => {
    const timestamp = text.split(/[\s,;="']+/).find((part) => readStamp(part) !== undefined)
    const parts = text.match(/[\w+/-]+={0,2}/g) ?? []
    return { candidates: parts.filter((part) => shape.test(part)).map((part) => ({ text: rewrite(part) })), timestamp }
  }
  const source = `{
      header: ${literal(header)},
      encoding: '${encoding}',
      parse: (header) => {
        const timestamp = header.split(/[\\s,;="']+/).find((part) => /^\\d{10,19}(\\.\\d+)?$|^\\d{4}-\\d\\d-\\d\\dT/.test(part))
        const parts = header.match(/[\\w+/-]+={0,2}/g) ?? []
        const candidates = parts.filter((part) => ${shape}.test(part)).map((text) => ({ text: ${rewriting} }))
        return { candidates, timestamp }
      },
    }`
  return { field: { header, encoding, parse }, source, name: 'among other parts of the header' }
}
