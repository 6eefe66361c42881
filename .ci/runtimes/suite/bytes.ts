const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Pieces end to end; text counts as its UTF-8 bytes. */
export function concat(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const chunks = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let end = 0
  for (const chunk of chunks) {
    whole.set(chunk, end)
    end += chunk.length
  }
  return whole
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

/** The text of which these are the UTF-8 bytes, a byte order mark included; undefined for bytes that are no text. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
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
