import { checkedKeyring } from './checked-keyring.js'
import { CountersignError } from './errors.js'
import { generateSecret } from './generate-secret.js'
import type { Key } from './key.js'
import { createKey } from './key-input.js'
import { type Keyring, MAX_KEYS } from './keyring.js'
import type { AnyProvider } from './provider.js'
import { prune } from './revoke.js'
import { type Secret, sameSecret, toSecret } from './secret.js'
import { type Turn, turnOf } from './turn.js'

/** What is to be said about one rotation. Most have a default by the policy. */
export interface RotateOptions {
  /** The new secret; left out, one is generated where the vendor lets you choose it. */
  secret?: Secret | string | undefined
  /** The new key's id; left out, the next free `key-N`, or the slot's name with a number. */
  id?: string | undefined
  /** Which slot, where the provider has slots. */
  slot?: string | undefined
  /** How long the vendor goes on signing with the old key, in milliseconds. The policy has the default. */
  graceMs?: number | undefined
  /** When the vendor rotated, in milliseconds since the epoch. Default: now. */
  now?: number | undefined
  /** Override a rule that protects deliveries (`other-slot-too-recent`, `rotation-in-progress`). Some may be lost. */
  force?: boolean | undefined
}

/**
 * The ring after one rotation by the vendor's own rules: the new key, and the old ones retiring until the vendor's grace
 * and the deliveries under way are over.
 *
 * @throws CountersignError `grace-not-allowed`, `too-many-keys`, `slot-required`, `other-slot-too-recent`,
 * `rotation-in-progress`, `secret-required`, `secret-in-use`, `id-in-use`, and what a malformed key throws.
 */
export function rotate(
  ring: Keyring,
  provider: AnyProvider,
  options: RotateOptions = {},
): {
  /** The new ring; the old one is as it was. */
  ring: Keyring
  /** The key that was added. */
  key: Key
} {
  const now = options.now ?? Date.now()
  const turn = turnOf(ring, provider, options, now)
  const key = createKey({
    id: options.id ?? freeId(ring, turn.slot),
    secret: newSecret(ring, provider, options.secret),
    slot: turn.slot,
    activeFrom: turn.activeFrom,
  })
  const room = ring.keys.length < MAX_KEYS ? ring : prune(ring, now)
  const keys = room.keys.map((old) => (turn.retiring.includes(old) ? retired(old, turn, now) : old))
  return { ring: checkedKeyring([...keys, key], room.tombstones), key }
}

function retired(key: Key, turn: Turn, now: number): Key {
  // A key that was to end sooner anyway still does.
  const notAfter = Math.min(key.notAfter ?? turn.notAfter, turn.notAfter)
  return createKey({ ...key, retireFrom: Math.min(key.retireFrom ?? now, now), notAfter })
}

function newSecret(ring: Keyring, provider: AnyProvider, given: Secret | string | undefined): Secret {
  const fresh = given === undefined ? generateSecret(provider) : toSecret(given)
  requireUnused(ring, fresh)
  return fresh
}

/** @throws CountersignError `secret-in-use`. */
export function requireUnused(ring: Keyring, fresh: Secret): void {
  const holder = ring.keys.find((key) => sameSecret(key.secret, fresh))
  if (holder !== undefined) {
    throw new CountersignError(
      'secret-in-use',
      `key '${holder.id}' has that very secret: give a new one, or promote that key if it is staged`,
    )
  }
}

function freeId(ring: Keyring, slot: string | undefined): string {
  const taken = new Set([...ring.tombstones, ...ring.keys.map((key) => key.id)])
  if (slot !== undefined && !taken.has(slot)) return slot
  for (let number = slot === undefined ? 1 : 2; ; number++) {
    const id = `${slot ?? 'key'}-${number}`
    if (!taken.has(id)) return id
  }
}
