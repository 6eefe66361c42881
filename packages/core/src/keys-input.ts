import { fail } from './errors.js'
import type { Key } from './key.js'
import { isKeyring, type Keyring, MAX_KEYS } from './keyring.js'
import type { AnyProvider } from './provider.js'
import { createSecret, isSecret, type Secret } from './secret.js'

/**
 * The keys of a verifier or of `sign`: one secret, several, a ring, or (for a provider with slots) one for each slot.
 * Undefined entries are skipped, so that an environment variable may be unset.
 */
export type KeysInput<Slot extends string = never> =
  | string
  | Secret
  | Keyring
  | readonly (string | Secret | undefined)[]
  | ([Slot] extends [never] ? never : { readonly [S in Slot]?: string | Secret | undefined })

/** What verifying needs of a keyring; of bare secrets, which have no dates, less. */
export type Ring = Pick<Keyring, 'keys' | 'usable'> & Partial<Pick<Keyring, 'ended' | 'stateOf'>>

/**
 * @throws CountersignError `no-keys` (nothing given, or nothing left), `keys-invalid` (something else than the above, such
 * as the `{}` that a structured clone makes of a secret), `slot-required`, `too-many-keys`, and what a secret throws.
 */
export function toRing(input: unknown, { slots }: AnyProvider): Ring {
  const ring = isKeyring(input) ? input : ringOf(input, slots)
  if (!ring.keys[0]) fail('no-keys')
  if (ring.keys[MAX_KEYS]) fail('too-many-keys')
  for (const { id, slot } of ring.keys) if (slots && !slots.includes(slot as string)) fail('slot-required', id)
  return ring
}

/** Bare secrets have no dates: all of them verify, always. Slots name their keys; others are numbered. */
function ringOf(input: unknown, slots: readonly string[] | undefined): Ring {
  const isBySlot = slots && input instanceof Object && !Array.isArray(input) && !isSecret(input)
  const entries = Object.entries(isBySlot ? input : [input].flat()).filter(([, value]) => value !== undefined)
  const keys = entries.map(([name, value], index): Key => {
    const secret = typeof value === 'string' ? createSecret(value) : isSecret(value) ? value : fail('keys-invalid')
    const slot = isBySlot ? name : undefined
    return { id: slot ?? `key-${index + 1}`, slot, secret }
  })
  return { keys, usable: () => keys }
}
