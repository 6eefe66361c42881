import type { DigestEncoding, Hash } from '@countersign/core'

// Codecs of this package's own: what judges the library must not be made of it.

/** Length of a digest (FIPS 180-4). */
export const DIGEST_BYTES: Readonly<Record<Hash, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The bytes of hex in either case; for text that is not hex, compare a round trip. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Padded standard base64. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** @throws Error for text that is not base64. It takes more than `toBase64` gives: compare a round trip. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** Bytes in their one canonical spelling. */
export function digestText(bytes: Uint8Array, encoding: DigestEncoding): string {
  return encoding === 'hex' ? toHex(bytes) : toBase64(bytes)
}

/** The bytes of a canonical text, or undefined for any other. */
export function digestBytes(text: string, encoding: DigestEncoding): Uint8Array | undefined {
  try {
    const bytes = encoding === 'hex' ? fromHex(text) : fromBase64(text)
    return digestText(bytes, encoding) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
