import { type Keyring, type KeyState, keyring, type Secret, secret } from '@countersign/core'
import { utf8 } from './bytes.js'
import { fromBase64, fromHex, toHex } from './digest-text.js'
import type { Subject } from './subject.js'
import type { CheckedKey } from './vectors.js'

/** A vector's secret as the core takes it. @throws what the core throws for one that is malformed or too short. */
export function secretOf({ secret: text, encoding = 'utf8', minBytes }: CheckedKey): Secret {
  return secret(text, { encoding, ...(minBytes !== undefined && { minBytes }) })
}

/** The bytes that a key's secret stands for. */
export function secretBytes({ secret: text, encoding = 'utf8' }: CheckedKey): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return utf8(text)
    case 'hex':
      return fromHex(text)
    case 'base64':
      return fromBase64(text)
    case 'whsec':
      return fromBase64(text.slice('whsec_'.length))
  }
}

/** A secret of these very bytes, whatever they are. */
export function secretFrom(bytes: Uint8Array): Secret {
  return secret(toHex(bytes), { encoding: 'hex', minBytes: 1 })
}

/** Of which state a key of `soleRing` is. */
export const SOLE_STATE: KeyState = 'active'

/** A ring of the matching key alone, without dates, so that only what a case changes decides. */
export function soleRing({ key }: Subject, dates: Partial<Pick<CheckedKey, 'notAfter' | 'revokedAt'>> = {}): Keyring {
  return keyring([{ id: key.id, slot: key.slot, secret: secretOf(key), ...dates }])
}

/** The same, with another secret. */
export function ringWith({ key }: Subject, other: Secret | string): Keyring {
  return keyring([{ id: key.id, slot: key.slot, secret: other }])
}
