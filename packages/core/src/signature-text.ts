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
  parts?: readonly Part[],
): string | Promise<string> {
  return hash
    ? engine.mac(preparedKey(secret, hash), parts as readonly Part[], encoding)
    : latin1(utf8(materialOf(secret).text))
}

/** Each copy of this package has its own: they may have different engines. */
const PREPARED = Symbol()

/** A secret as this runtime's engine wants it, prepared for the hash that it is used with and kept where it is itself. */
function preparedKey(secret: Secret, hash: Hash): PreparedKey {
  const material: Material & { [PREPARED]?: { hash: Hash; key: PreparedKey } } = materialOf(secret)
  if (material[PREPARED]?.hash !== hash) material[PREPARED] = { hash, key: engine.prepare(hash, material.bytes) }
  return material[PREPARED].key
}
