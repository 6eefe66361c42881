import type { AnyProvider } from '@countersign/core'
import { SECOND } from '../durations.js'
import type { KeyRow, Uses } from './key-row.js'
import type { TurnUnderWay } from './turn-under-way.js'
import { relative, when } from './when.js'

/** Whether the old keys of a rotation may go. */
export interface Retirement {
  readonly verdict: 'safe' | 'not-yet' | 'unknown' | 'ended'
  readonly because: string
}

/**
 * Safe is an old key that has not matched for longer than the vendor's grace and the deliveries under way take, after the
 * new one has.
 */
export function retirementOf(turn: TurnUnderWay, uses: Uses, provider: AnyProvider, now: number): Retirement {
  const { fresh, old, waits } = turn
  const living = old.filter(({ state }) => state === 'active' || state === 'retiring')
  if (old.length === 0) return { verdict: 'ended', because: 'there is no older key' }
  if (living.length === 0) return { verdict: 'ended', because: `${idsOf(old)} verifies nothing any more` }
  if (waits) return notYet(`${fresh.id} is staged, and ${idsOf(living)} signs: promote ${fresh.id} first`)
  if (uses === undefined) return { verdict: 'unknown', because: 'nobody records when keys match' }
  // With slots, the other slot's key may be the one that every delivery is matched by.
  if (fresh.lastUsed === undefined && provider.rotation.kind !== 'slots') {
    return notYet(`${fresh.id} has not matched, so that ${provider.title} may not have switched`)
  }
  return quietness(living, provider, now)
}

function quietness(living: readonly KeyRow[], provider: AnyProvider, now: number): Retirement {
  const ids = idsOf(living)
  const lastUsed = Math.max(...living.map((key) => key.lastUsed ?? Number.NEGATIVE_INFINITY))
  const wasUsed = Number.isFinite(lastUsed)
  const since = wasUsed ? lastUsed : Math.max(...living.map((key) => key.since ?? 0))
  const safeFrom = since + longestWayMs(provider)
  const met = wasUsed ? `${ids} matched ${relative(lastUsed, now)}` : `${ids} has not matched`
  if (now > safeFrom) return { verdict: 'safe', because: `${met}, and what is under way takes no longer` }
  const endsBefore = living.every(({ until = Number.POSITIVE_INFINITY }) => until <= safeFrom)
  if (!endsBefore) return notYet(`${met}; if it does not match again, it may go from ${when(safeFrom, now)} on`)
  return notYet(
    wasUsed ? `${met}; if that was no late delivery, find what still signs with it` : `${met}; leave it alone`,
  )
}

/** So long a delivery may be under way that the vendor signed with an old key, in milliseconds. */
function longestWayMs({ rotation, toleranceSeconds = 300 }: AnyProvider): number {
  const underWay = toleranceSeconds * SECOND
  switch (rotation.kind) {
    case 'overlap':
    case 'swap':
      return rotation.defaultGraceMs + underWay
    case 'expiring':
      return Math.max(...rotation.gracesMs) + underWay
    case 'slots':
      return underWay
  }
}

function notYet(because: string): Retirement {
  return { verdict: 'not-yet', because }
}

export function idsOf(keys: readonly { readonly id: string }[]): string {
  return keys.map(({ id }) => id).join(', ')
}
