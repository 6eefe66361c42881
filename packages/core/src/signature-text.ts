import { engine } from '#mac'
import { latin1, utf8 } from './encoding.js'
import type { Hash } from './hash.js'
import type { Part, PreparedKey } from './mac.js'
import type { Plan } from './plan.js'
import { reveal, type Secret, secretBytes } from './secret.js'

/**
 * What a header must hold for a secret: the MAC of the parts, or (in token mode) the secret as HTTP clients and servers
 * show its bytes. A promise only where the engine needs one.
 */
export function signatureText(
  { hash, encoding }: Plan,
  secret: Secret,
  parts: readonly Part[] = [],
): string | Promise<string> {
  return hash ? engine.mac(preparedKey(secret, hash), parts, encoding) : latin1(utf8(reveal(secret)))
}

/** By the secret's identity: it is immutable, and a ring that is gone takes its prepared keys along. */
const prepared = new WeakMap<Secret, Partial<Record<Hash, PreparedKey>>>()

/** A secret as this runtime's engine wants it, prepared once. */
function preparedKey(secret: Secret, hash: Hash): PreparedKey {
  const known = prepared.get(secret) ?? {}
  if (!known[hash]) {
    known[hash] = engine.prepare(hash, secretBytes(secret))
    prepared.set(secret, known)
  }
  return known[hash]
}
