import { checkedKeyring, keyOf } from './checked-keyring.js'
import { stateOf } from './key.js'
import { createKey } from './key-input.js'
import type { Keyring } from './keyring.js'

/**
 * Makes a key verify nothing from now on, deliveries under way included. For a leaked key: an overlap would keep the
 * thief's copy alive.
 *
 * @throws CountersignError `key-unknown`.
 */
export function revoke(ring: Keyring, id: string, options: { now?: number | undefined } = {}): Keyring {
  const revoked = keyOf(ring, id)
  const now = options.now ?? Date.now()
  const revokedAt = Math.min(revoked.revokedAt ?? now, now)
  return checkedKeyring(
    ring.keys.map((key) => (key === revoked ? createKey({ ...key, revokedAt }) : key)),
    ring.tombstones,
  )
}

/**
 * Removes the keys that are expired or revoked at a moment (milliseconds since the epoch), secrets and all. Their ids stay
 * as tombstones. What is gone can no longer be named as the reason of a refusal.
 */
export function prune(ring: Keyring, now: number): Keyring {
  const ended = ring.keys.filter((key) => ['expired', 'revoked'].includes(stateOf(key, now)))
  return checkedKeyring(
    ring.keys.filter((key) => !ended.includes(key)),
    [...ring.tombstones, ...ended.map((key) => key.id)],
  )
}
