import { engine } from '#mac'
import { latin1, utf8 } from './encoding.js'
import type { Hash } from './hash.js'
import type { Part, PreparedKey } from './mac.js'
import type { Plan } from './plan.js'
import { type Material, materialOf, type Secret } from './secret.js'

/**
 * What a header must hold for a secret: the MAC of the parts, or (in token mode) the secret as HTTP clients and servers
 * show its bytes. A promise only where the engine needs one.
 */
export function signatureText(
  { hash, encoding }: Plan,
  secret: Secret,
  parts: readonly Part[] = [],
): string | Promise<string> {
  return hash ? engine.mac(preparedKey(secret, hash), parts, encoding) : latin1(utf8(materialOf(secret).text))
}

/** Each copy of this package has its own: they may have different engines. */
const PREPARED = Symbol()

/** A secret as this runtime's engine wants it, prepared once and kept where the secret itself is. */
function preparedKey(secret: Secret, hash: Hash): PreparedKey {
  const material: Material & { [PREPARED]?: Partial<Record<Hash, PreparedKey>> } = materialOf(secret)
  material[PREPARED] ??= {}
  material[PREPARED][hash] ??= engine.prepare(hash, material.bytes)
  return material[PREPARED][hash]
}
