import { canonical, type DigestEncoding } from './encoding.js'

/** The bytes of a canonical text, or undefined. */
export function decode(text: string, encoding: DigestEncoding): Uint8Array | undefined {
  const bytes = decodedLength(text, encoding)
  if (!canonical(encoding, bytes).test(text)) return undefined
  if (encoding === 'base64') return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return Uint8Array.from({ length: bytes }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16))
}

function decodedLength(text: string, encoding: DigestEncoding): number {
  if (encoding === 'hex') return text.length >> 1
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return Math.max(0, Math.floor((text.length * 3) / 4) - padding)
}
