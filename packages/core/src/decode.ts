import { type DigestEncoding, isCanonical } from './encoding.js'

/** The bytes of a canonical text, or undefined. */
export function decode(text: string, encoding: DigestEncoding): Uint8Array | undefined {
  if (!isCanonical(text, encoding) || (encoding === 'hex' && text.length % 2)) return undefined
  if (encoding === 'base64') return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}
