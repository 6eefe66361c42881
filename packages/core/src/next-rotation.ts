import { vendorEnd } from './grace.js'
import type { Keyring } from './keyring.js'
import type { AnyProvider } from './provider.js'
import type { PolicyOf } from './rotation-policy.js'
import { lastTurnOf, overlapEnd, unexpired } from './turn.js'

/**
 * Which slot is due next, and when (milliseconds since the epoch; a moment that is past means overdue). Where a policy has
 * no period of its own: the earliest moment at which it allows another rotation.
 */
export function nextRotation(
  ring: Keyring,
  provider: AnyProvider,
  now: number,
): {
  /** Where the provider has slots: the one whose turn it is. */
  slot?: string | undefined
  /** Milliseconds since the epoch. */
  at: number
} {
  const policy = provider.rotation
  switch (policy.kind) {
    case 'slots':
      return nextSlot(ring, policy, now)
    case 'overlap':
      return { at: Math.max(now, overlapEnd(ring, provider, now)) }
    case 'expiring': {
      const ends = unexpired(ring, provider, now).map((key) => vendorEnd(key, provider))
      const surplus = ends.length - policy.max
      // With room for one more, now; else when enough of them have expired.
      const at = ends.sort((a, b) => a - b)[surplus] ?? now
      // Secrets without an end can only be ended at once, by a grace of 0: that may be now.
      return { at: Number.isFinite(at) ? at : now }
    }
    case 'swap':
      return { at: now }
  }
}

/**
 * The slot that waits longest, one period after the last turn of either: the vendor's own example changes the primary key
 * on 1 January and the secondary one on 1 February. Where no turn has a date, now.
 */
function nextSlot(
  ring: Keyring,
  { slots, guardMs, periodMs }: PolicyOf<'slots'>,
  now: number,
): { slot: string; at: number } {
  const turns = slots
    .map((slot) => ({ slot, at: lastTurnOf(ring, slot, now) }))
    .sort((one, other) => one.at - other.at || 0)
  const last = turns.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  const at = Number.isFinite(last) ? last + Math.max(periodMs, guardMs) : now
  return { slot: turns[0]?.slot ?? '', at }
}
