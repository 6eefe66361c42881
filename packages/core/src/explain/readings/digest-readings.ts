import { decode } from '../../decode.js'
import { type DigestEncoding, encode, latin1 } from '../../encoding.js'
import type { HeaderEntry } from '../header-entries.js'

/** How the bytes of a digest were written. */
type Spelling =
  | DigestEncoding
  | 'upper-case hex'
  | 'base64 without padding'
  | 'base64url'
  /** The hex text, not the bytes, in base64: a usual slip where a library gives hex unless asked for bytes. */
  | 'base64 of hex'

/** Something in a header that has the length of a digest. */
export interface FoundDigest {
  readonly header: string
  /** The whole value, and where in it the digest stands. */
  readonly value: string
  readonly start: number
  readonly end: number
  readonly spelling: Spelling
  /** The bytes, as lower-case hex, to be compared with a MAC. */
  readonly hex: string
  /** Whether these may be only the first bytes of one: in the header where it belongs. */
  readonly mayBeCut: boolean
}

/** SHA-1, SHA-256, SHA-384, SHA-512. */
const DIGEST_BYTES = [20, 32, 48, 64]
/** Fewer bytes than these are no MAC that was cut, but some other value. */
const LEAST_BYTES = 10
const MOST_FOUND = 64

/** All that could be a digest in the headers, in whatever spelling. `cutIn`: headers where also a part of one counts. */
export function findDigests(entries: readonly HeaderEntry[], cutIn: readonly string[]): readonly FoundDigest[] {
  const wanted = cutIn.map((name) => name.toLowerCase())
  const isWanted = ({ name }: HeaderEntry) => wanted.includes(name.toLowerCase())
  // The wanted headers first: others may hold more than so many.
  const sorted = [...entries.filter(isWanted), ...entries.filter((entry) => !isWanted(entry))]
  const found: FoundDigest[] = []
  for (const entry of sorted) {
    if (found.length >= MOST_FOUND) break
    found.push(...digestsIn(entry, isWanted(entry)))
  }
  return found.slice(0, MOST_FOUND)
}

function digestsIn({ name, value }: HeaderEntry, mayBeCut: boolean): FoundDigest[] {
  // Letters, digits and what base64 and base64url have beside them; the padding goes with them. It does not backtrack.
  return [...value.matchAll(/[A-Za-z0-9+/_-]+={0,2}/g)].flatMap(({ 0: text, index: start }) =>
    readingsOf(text)
      .filter(([, { length }]) => DIGEST_BYTES.includes(length) || (mayBeCut && length >= LEAST_BYTES && length < 64))
      .map(([spelling, bytes]) => ({
        header: name,
        value,
        start,
        // An equals sign behind hex is none of its own.
        end: start + (spelling.includes('hex') && spelling !== 'base64 of hex' ? text.replace(/=+$/, '') : text).length,
        spelling,
        hex: encode(bytes, 'hex'),
        mayBeCut,
      })),
  )
}

/** Each way in which a text may stand for bytes. */
function readingsOf(text: string): [Spelling, Uint8Array][] {
  const readings: [Spelling, Uint8Array][] = []
  const hex = text.replace(/=+$/, '')
  const asHex = decode(hex.toLowerCase(), 'hex')
  if (asHex) readings.push([hex === hex.toLowerCase() ? 'hex' : 'upper-case hex', asHex])
  const [spelling, asBase64] = base64Reading(text)
  if (asBase64) {
    readings.push([spelling, asBase64])
    const inner = decode(latin1(asBase64.subarray(0, 256)).toLowerCase(), 'hex')
    if (inner && asBase64.length <= 128) readings.push(['base64 of hex', inner])
  }
  return readings
}

function base64Reading(text: string): [Spelling, Uint8Array | undefined] {
  const bare = text.replace(/=+$/, '')
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/')
  const padded = standard + '='.repeat((4 - (standard.length % 4)) % 4)
  if (standard !== bare) return ['base64url', decode(padded, 'base64')]
  return [padded === text ? 'base64' : 'base64 without padding', decode(padded, 'base64')]
}
