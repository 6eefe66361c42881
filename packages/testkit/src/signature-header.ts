import type { DigestEncoding, HmacScheme, ParsedSignature, Scheme } from '@countersign/core'
import { DIGEST_BYTES, digestBytes } from './digest-text.js'
import { PLAIN, probeOf, type Spelling, spellingsOf } from './spellings.js'

/** A piece of a header's text. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A signature or token where it stands in a header. */
interface Candidate extends Span {
  /** What `parse` made of it: for a MAC, the canonical text. */
  readonly text: string
  /** How the header spells that text. */
  readonly spelling: Spelling
  readonly slot: string | undefined
  readonly label: string | undefined
}

/** A well-formed signature header of a vector, taken apart with the provider's own scheme. */
export interface SignatureHeader {
  /** As the vector writes it. */
  readonly name: string
  readonly text: string
  readonly prefix: string
  readonly slot: string | undefined
  /** Whether the header has a grammar of its own; else it holds one bare signature. */
  readonly isParsed: boolean
  /** In the order of the header. */
  readonly candidates: readonly Candidate[]
  readonly timestamp: string | undefined
  readonly timestampSpan: Span | undefined
  readonly id: string | undefined
}

/** What a scheme says about one header that it reads signatures or tokens from. */
export interface HeaderField {
  readonly header: string
  readonly prefix?: string | undefined
  readonly slot?: string | undefined
  readonly separator?: string | undefined
  readonly parse?: ((text: string) => ParsedSignature) | undefined
}

/** The headers that a scheme reads signatures or tokens from. */
export function fieldsOf(scheme: Scheme): readonly HeaderField[] {
  if (scheme.kind === 'hmac') return [scheme.signature].flat()
  const { header, prefix, separator } = scheme
  if (typeof header === 'string') return [{ header, prefix, separator }]
  return Object.entries(header).map(([slot, name]) => ({ header: name, prefix, slot, separator }))
}

/** The well-formed ones of the signature headers; what is malformed in a valid vector has no part in its validity. */
export function readSignatureHeaders(
  scheme: Scheme,
  headers: Readonly<Record<string, string>>,
): readonly SignatureHeader[] {
  return fieldsOf(scheme).flatMap((field) => {
    const name = Object.keys(headers).find((key) => key.toLowerCase() === field.header.toLowerCase())
    const text = name === undefined ? undefined : headers[name]
    if (name === undefined || !text?.startsWith(field.prefix ?? '')) return []
    return readHeader(scheme, field, name, text) ?? []
  })
}

function readHeader(scheme: Scheme, field: HeaderField, name: string, text: string): SignatureHeader | undefined {
  const { prefix = '', slot } = field
  const parsed = parsedOf(field, text.slice(prefix.length))
  const candidates: Candidate[] = []
  for (const { text: whole, at = 0, slot: own, label } of parsed?.candidates ?? []) {
    const canonical = whole.slice(at)
    const place = isWellFormed(scheme, canonical) ? placeOf(scheme, field, text, canonical, candidates) : undefined
    if (place === undefined) return undefined
    candidates.push({ ...place, text: canonical, slot: own ?? slot, label })
  }
  if (parsed === undefined || candidates.length === 0) return undefined
  const { timestamp, id } = parsed
  const timestampSpan = timestamp ? locate(text, timestamp, prefix.length, candidates) : undefined
  candidates.sort((one, other) => one.start - other.start)
  const isParsed = Boolean(field.parse ?? field.separator)
  return { name, text, prefix, slot, isParsed, candidates, timestamp, timestampSpan, id }
}

function isWellFormed(scheme: Scheme, text: string): boolean {
  if (scheme.kind === 'token') return text !== ''
  return digestBytes(text, encodingIn(scheme))?.length === DIGEST_BYTES[scheme.hash]
}

/** Where a candidate stands in the header, and how it is spelled there: such that `parse` reads another one so, too. */
function placeOf(scheme: Scheme, field: HeaderField, text: string, canonical: string, taken: readonly Span[]) {
  const { prefix = '' } = field
  if (scheme.kind === 'token') {
    const span = locate(text, canonical, prefix.length, taken)
    return span && { ...span, spelling: PLAIN }
  }
  const probe = probeOf(canonical, encodingIn(scheme))
  for (const spelling of spellingsOf(encodingIn(scheme))) {
    const span = locate(text, spelling.write(canonical), prefix.length, taken)
    if (span === undefined) continue
    const probed = text.slice(prefix.length, span.start) + spelling.write(probe) + text.slice(span.end)
    if (parsedOf(field, probed)?.candidates.some(({ text, at }) => text.slice(at) === probe))
      return { ...span, spelling }
  }
  return undefined
}

function encodingIn(scheme: HmacScheme): DigestEncoding {
  return [scheme.signature].flat()[0]?.encoding ?? 'hex'
}

function parsedOf({ separator, parse }: HeaderField, value: string): ParsedSignature | undefined {
  try {
    if (parse !== undefined) return parse(value)
    return { candidates: (separator ? value.split(separator) : [value]).map((text) => ({ text })) }
  } catch {
    return undefined
  }
}

/** Where a part stands, beside the places that are taken. */
function locate(text: string, part: string, from: number, taken: readonly Span[]): Span | undefined {
  if (part === '') return undefined
  for (let start = text.indexOf(part, from); start >= 0; start = text.indexOf(part, start + 1)) {
    const end = start + part.length
    if (taken.every((span) => end <= span.start || start >= span.end)) return { start, end }
  }
  return undefined
}

/** What to write into a header in place of what stands there. */
export interface Rewriting {
  /** The new wire text of a candidate; undefined leaves it. */
  candidate?: (candidate: Candidate, index: number) => string | undefined
  timestamp?: string | undefined
}

/** The header's text with its candidates or its stamp replaced, and everything between them as it was. */
export function rewrite(header: SignatureHeader, { candidate, timestamp }: Rewriting): string {
  const edits = header.candidates.map((one, index) => ({ ...one, replacement: candidate?.(one, index) }))
  const stamp = header.timestampSpan && [{ ...header.timestampSpan, replacement: timestamp }]
  let text = header.text
  for (const { start, end, replacement } of [...edits, ...(stamp ?? [])].sort((a, b) => b.start - a.start)) {
    if (replacement !== undefined) text = text.slice(0, start) + replacement + text.slice(end)
  }
  return text
}
