import { CountersignError } from './errors.js'
import type { Key } from './key.js'
import { createKey, type KeyInput } from './key-input.js'
import { createKeyring, type Keyring } from './keyring.js'

/**
 * Makes a ring.
 *
 * @throws CountersignError `key-invalid`, `id-in-use`, `too-many-keys` (more than 16), `secret-malformed`,
 * `secret-too-short`.
 */
export function keyring(keys: readonly KeyInput[]): Keyring {
  return checkedKeyring(keys.map(createKey), [])
}

/** A ring in which no id stands twice, be it of a key or of one that is gone. */
export function checkedKeyring(keys: readonly Key[], tombstones: readonly string[]): Keyring {
  const ids = new Set(tombstones)
  for (const { id } of keys) {
    if (ids.has(id)) throw new CountersignError('id-in-use', `the key id '${id}' is taken, or was once: choose another`)
    ids.add(id)
  }
  return createKeyring(keys, tombstones)
}

/** The key of that id. @throws CountersignError `key-unknown`. */
export function keyOf(ring: Keyring, id: string): Key {
  const key = ring.keys.find((candidate) => candidate.id === id)
  if (key !== undefined) return key
  const known = ring.keys.map((candidate) => candidate.id).join(', ')
  throw new CountersignError('key-unknown', `the ring has no key '${id}'; it has: ${known || 'none'}`)
}
