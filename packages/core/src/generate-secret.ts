import { type DigestEncoding, encode } from './encoding.js'
import { CountersignError } from './errors.js'
import type { AnyProvider } from './provider.js'
import { createSecret, type Secret } from './secret.js'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const DEFAULT_BYTES = 32

/**
 * A new random secret in the form that the provider takes, with at least as much entropy as `secrets.bytes` random bytes
 * (default 32).
 *
 * @throws CountersignError `secret-required` where only the vendor issues secrets.
 */
export function generateSecret(provider: AnyProvider): Secret {
  const { issuedBy, alphabet = 'hex', bytes = DEFAULT_BYTES } = provider.secrets ?? { issuedBy: 'you' }
  if (issuedBy === 'vendor') {
    throw new CountersignError(
      'secret-required',
      `${provider.title} issues its secrets itself: copy the new one from there and pass it as { secret }`,
    )
  }
  return createSecret(alphabet === 'alphanumeric' ? alphanumeric(bytes) : encodedRandom(bytes, alphabet))
}

function encodedRandom(bytes: number, encoding: DigestEncoding): string {
  return encode(crypto.getRandomValues(new Uint8Array(bytes)), encoding)
}

function alphanumeric(bytes: number): string {
  const length = Math.ceil((bytes * 8) / Math.log2(ALPHANUMERIC.length))
  // The greatest multiple of 62 under 256: bytes beyond it would favour the first letters.
  const fair = 256 - (256 % ALPHANUMERIC.length)
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && text.length < length) text += ALPHANUMERIC[byte % ALPHANUMERIC.length]
    }
  }
  return text
}
