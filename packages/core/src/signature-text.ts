import { engine } from '#mac'
import { latin1, utf8 } from './encoding.js'
import type { Part, PreparedKey } from './mac.js'
import type { Plan } from './plan.js'
import { type Material, materialOf, type Secret } from './secret.js'

/** Each copy of this package has its own: they may have different engines. */
const PREPARED = Symbol()

/** A secret's material, and beside it what this runtime's engine has made of it. */
type Kept = Material & { [PREPARED]?: PreparedKey }

/**
 * What a header must hold for a secret: the MAC of the parts, or (in token mode) the secret as HTTP clients and servers
 * show its bytes. A promise only where the engine needs one. The key is prepared for the hash that it is used with, once.
 * `again`: as the engine's.
 */
export function signatureText(
  { hash, encoding }: Plan,
  secret: Secret,
  parts?: readonly Part[],
  again?: boolean,
): string | Promise<string> {
  const material: Kept = materialOf(secret)
  if (!hash) return latin1(utf8(material.text))
  if (material[PREPARED]?.hash !== hash) material[PREPARED] = engine.importKey(hash, material.bytes)
  return engine.mac(material[PREPARED], parts as readonly Part[], encoding, again)
}
