import type { Hash } from './contender.js'

/** No secret of anybody's. */
export const SECRET = 'bench-only-0123456789abcdef01234567'
/** The key of a slot that is not measured, or of one that has gone stale. */
export const OTHER_SECRET = `${SECRET}-other`

/** By Web Crypto, which every platform has; this signs what is verified later, and is never measured. */
export async function hmac(hash: Hash, secret: string, ...parts: (string | Uint8Array)[]): Promise<Uint8Array> {
  const encoder = new TextEncoder()
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const message = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of bytes) {
    message.set(part, offset)
    offset += part.length
  }
  const algorithm = { name: 'HMAC', hash: hash === 'sha1' ? 'SHA-1' : 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

export const unixSeconds = () => String(Math.floor(Date.now() / 1000))
