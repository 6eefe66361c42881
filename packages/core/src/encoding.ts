/** How a digest is written in a header. */
export type DigestEncoding = 'hex' | 'base64'

/**
 * Whether a text is bytes in their one canonical spelling: lower-case hex, or standard base64 with its padding and with zero
 * in the bits that padding leaves over. Several spellings of one MAC would make it malleable (RFC 4648, section 3.5). That hex
 * has an even length is for whoever does not know the length.
 */
export function isCanonical(text: string, encoding: DigestEncoding): boolean {
  if (encoding === 'hex') return !/[^0-9a-f]/.test(text)
  try {
    // `atob` is lenient, and only what it would have written itself comes back as it was.
    return btoa(atob(text)) === text
  } catch {
    return false
  }
}

/** Bytes as lower-case hex or padded standard base64. */
export function encode(bytes: Uint8Array, encoding: DigestEncoding): string {
  // 0x100 more, and then without its 1: two digits each.
  if (encoding === 'hex') return bytes.reduce((text, byte) => text + (0x100 + byte).toString(16).slice(1), '')
  return btoa(latin1(bytes))
}

/** Each byte as the character of that number: as HTTP clients and servers show the bytes of a header. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** A text's UTF-8 bytes; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
