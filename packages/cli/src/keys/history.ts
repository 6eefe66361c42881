import type { Key, Keyring } from '@countersign/core'

/** Something that happened to a key, or will. */
export interface KeyEvent {
  /** Milliseconds since the epoch; undefined where no date tells it. */
  readonly at: number | undefined
  readonly id: string
  readonly slot: string | undefined
  readonly event: 'added' | 'active' | 'rotated' | 'retired' | 'expired' | 'revoked' | 'staged' | 'gone'
}

const LAST_MOMENT = 8.64e15

/** All that a ring tells of its past and its future, in order; first what has no date. */
export function historyOf(ring: Keyring): readonly KeyEvent[] {
  const gone = ring.tombstones.map((id): KeyEvent => ({ at: undefined, id, slot: undefined, event: 'gone' }))
  const events = ring.keys.flatMap((key) => eventsOf(key, ring))
  return [...gone, ...events.sort((one, other) => (one.at ?? -Infinity) - (other.at ?? -Infinity))]
}

function eventsOf(key: Key, ring: Keyring): readonly KeyEvent[] {
  const { id, slot, retireFrom = LAST_MOMENT, notAfter = LAST_MOMENT, revokedAt = LAST_MOMENT } = key
  const end = Math.min(notAfter, revokedAt)
  const events: KeyEvent[] = [beginning(key, ring, Math.min(retireFrom, end))]
  // What would have come after a revocation, or an expiry, does not come.
  if (retireFrom < end) events.push({ at: retireFrom, id, slot, event: 'retired' })
  if (end < LAST_MOMENT) events.push({ at: end, id, slot, event: revokedAt <= notAfter ? 'revoked' : 'expired' })
  return events
}

/** A key that takes the place of another came by a rotation, or was promoted. One that is on its way out before is never active. */
function beginning({ id, slot, activeFrom }: Key, ring: Keyring, activeUntil: number): KeyEvent {
  if (activeFrom === undefined) return { at: undefined, id, slot, event: 'added' }
  if (activeFrom >= activeUntil) return { at: undefined, id, slot, event: 'staged' }
  const isTurn = ring.keys.some((other) => other.id !== id && other.slot === slot && other.retireFrom === activeFrom)
  return { at: activeFrom, id, slot, event: isTurn ? 'rotated' : 'active' }
}
