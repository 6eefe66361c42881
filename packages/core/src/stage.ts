import { checkedKeyring, keyOf } from './checked-keyring.js'
import { CountersignError } from './errors.js'
import { type Key, stateOf, UNTIL_PROMOTED } from './key.js'
import { createKey, type KeyInput } from './key-input.js'
import type { Keyring } from './keyring.js'
import { requireUnused } from './rotate.js'
import { activeKeys } from './turn.js'

/** A day: long enough for a vendor's retries of deliveries that the old key signed. */
const DEFAULT_GRACE_MS = 86_400_000

/**
 * Adds a key that verifies already and never signs. Without an `activeFrom` it waits to be promoted.
 *
 * @throws CountersignError `id-in-use`, `secret-in-use`, `too-many-keys`, `key-invalid`, `secret-malformed`,
 * `secret-too-short`.
 */
export function stage(ring: Keyring, key: KeyInput): Keyring {
  const staged = createKey({ ...key, activeFrom: key.activeFrom ?? UNTIL_PROMOTED })
  requireUnused(ring, staged.secret)
  return checkedKeyring([...ring.keys, staged], ring.tombstones)
}

/**
 * Makes a staged key the active one, once the vendor has switched; the keys that were active (of the same slot) retire for
 * `graceMs` milliseconds (default 24 hours; it is yours to choose, nothing is added to it).
 *
 * @throws CountersignError `key-unknown`, `key-not-staged`, `grace-not-allowed`.
 */
export function promote(
  ring: Keyring,
  id: string,
  options: { graceMs?: number | undefined; now?: number | undefined } = {},
): Keyring {
  const { graceMs = DEFAULT_GRACE_MS, now = Date.now() } = options
  if (!Number.isFinite(graceMs) || graceMs < 0) {
    throw new CountersignError('grace-not-allowed', 'graceMs must be milliseconds, 0 or more')
  }
  const key = keyOf(ring, id)
  const state = stateOf(key, now)
  if (state !== 'staged') {
    throw new CountersignError('key-not-staged', `key '${id}' is ${state}; only a staged key is promoted`)
  }
  const old = activeKeys(ring, now).filter((other) => other.slot === key.slot)
  const next = (other: Key): Key => {
    if (other === key) return createKey({ ...key, activeFrom: now })
    if (!old.includes(other)) return other
    const notAfter = Math.min(other.notAfter ?? now + graceMs, now + graceMs)
    return createKey({ ...other, retireFrom: now, notAfter })
  }
  return checkedKeyring(ring.keys.map(next), ring.tombstones)
}
