import type { DigestEncoding } from '@countersign/core'
import { digestBytes, digestText } from './digest-text.js'

/** A way to write a canonical text. One that the vendor does not use must be refused: one MAC, one spelling. */
export interface Spelling {
  readonly name: string
  write(canonical: string): string
}

/** As it is. */
export const PLAIN: Spelling = { name: 'in its canonical spelling', write: (text) => text }

const SPELLINGS: Readonly<Record<DigestEncoding, readonly Spelling[]>> = {
  hex: [PLAIN, { name: 'in upper case', write: (text) => text.toUpperCase() }],
  base64: [
    PLAIN,
    { name: 'without its padding', write: unpadded },
    { name: 'in base64url', write: urlSafe },
    { name: 'in base64url without padding', write: (text) => unpadded(urlSafe(text)) },
    { name: 'with stray bits in its last character', write: withStrayBits },
  ],
}

/** Spellings of the other encoding are other spellings too. */
const OTHER: Readonly<Record<DigestEncoding, Spelling>> = {
  hex: { name: 'in base64', write: (text) => respell(text, 'hex', 'base64') },
  base64: { name: 'in hex', write: (text) => respell(text, 'base64', 'hex') },
}

/** Another text of the same form, which each spelling writes in its own way. */
export function probeOf(canonical: string, encoding: DigestEncoding): string {
  const start = encoding === 'hex' ? 'fedcba' : '+/+/'
  return start + canonical.slice(start.length)
}

/** All ways of writing a MAC in either encoding, the right one among them. */
export function spellingsOf(encoding: DigestEncoding): readonly Spelling[] {
  return [...SPELLINGS[encoding], OTHER[encoding]]
}

function unpadded(text: string): string {
  return text.replaceAll('=', '')
}

function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** Padding leaves two or four bits over, which must be zero (RFC 4648, section 3.5); lenient decoders drop them. */
function withStrayBits(text: string): string {
  const end = text.indexOf('=')
  if (end < 1) return text
  // The last character before the padding has zero in its lowest bit, so its neighbour in the alphabet has a one.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return text.slice(0, end - 1) + alphabet[alphabet.indexOf(text.charAt(end - 1)) + 1] + text.slice(end)
}

function respell(text: string, from: DigestEncoding, to: DigestEncoding): string {
  const bytes = digestBytes(text, from)
  return bytes === undefined ? text : digestText(bytes, to)
}
