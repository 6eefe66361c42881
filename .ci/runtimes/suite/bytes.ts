import { utf8 } from '../../../packages/testkit/src/bytes.js'
import { toHex } from '../../../packages/testkit/src/digest-text.js'

/** The text of which these are the UTF-8 bytes, a byte order mark included; undefined for bytes that are no text. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes as text that stands for all of them. */
export async function bytesText(bytes: Uint8Array): Promise<string> {
  return bytes.length <= 512 ? toHex(bytes) : `${bytes.length} bytes, SHA-256 ${await sha256(bytes)}`
}

/** Each byte as the character of that number, as HTTP shows the bytes of a header. */
export function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

export async function sha256(text: string | Uint8Array): Promise<string> {
  const bytes = typeof text === 'string' ? utf8(text) : text
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))))
}
