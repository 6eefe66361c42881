import type { AnyProvider } from '@countersign/core'
import { MINUTE, SECOND } from '../durations.js'
import type { KeyRow, Uses } from './key-row.js'
import { idsOf, verb } from './key-words.js'
import { hasTakenOver, type TurnUnderWay } from './turn-under-way.js'
import { matchedWhen, when } from './when.js'

/** Whether the old keys of a rotation may go. */
export interface Retirement {
  readonly verdict: 'safe' | 'not-yet' | 'unknown' | 'ended'
  readonly because: string
}

/** So late may a use be written (`everyMs`, a store that is down), and so much may the clocks of receivers and operators differ. */
const WRITTEN_LATE_MS = 10 * MINUTE

/**
 * Safe is an old key that has not matched for longer than the vendor's grace and the deliveries under way take, counted from
 * when it began to retire, or from its last match; and in whose place the new one has matched since.
 */
export function retirementOf(turn: TurnUnderWay, uses: Uses, provider: AnyProvider, now: number): Retirement {
  const { fresh, old, waits } = turn
  const living = old.filter(({ state }) => state === 'active' || state === 'retiring')
  if (old.length === 0) return { verdict: 'ended', because: 'there is no older key' }
  if (living.length === 0)
    return { verdict: 'ended', because: `${idsOf(old)} ${verb(old, 'verifies')} nothing any more` }
  if (waits)
    return notYet(`${fresh.id} is staged, and ${idsOf(living)} ${verb(living, 'signs')}: promote ${fresh.id} first`)
  if (uses === undefined) return { verdict: 'unknown', because: 'nobody records when keys match' }
  if (!hasTakenOver(fresh)) return notYet(`${fresh.id} ${whyNot(fresh, provider)}`)
  const lastUsed = lastOf(living)
  if (lastUsed !== undefined && lastUsed >= (fresh.lastUsed ?? 0)) {
    return notYet(`${metText(living, now)}, and ${fresh.id} not since: find what still signs with ${idsOf(living)}`)
  }
  return quietness(living, provider, now)
}

/** Why the vendor may not have switched to a new key. */
function whyNot({ lastUsed, state }: KeyRow, { title, rotation }: AnyProvider): string {
  if (state === 'staged') return 'does not sign yet'
  // A delivery carries the signatures of both slots, and the first that fits is the one that is recorded.
  if (rotation.kind === 'slots')
    return "has not matched: the other slot's key may be the one that every delivery is matched by"
  const met =
    lastUsed === undefined ? 'has not matched' : 'has matched only while it was staged, which a test of yours does, too'
  return `${met}, so that ${title} may not have switched`
}

function quietness(living: readonly KeyRow[], provider: AnyProvider, now: number): Retirement {
  const ids = idsOf(living)
  const met = metText(living, now)
  const quietSince = Math.max(...living.map(({ lastUsed = 0, since = 0 }) => Math.max(lastUsed, since)))
  const safeFrom = quietSince + longestWayMs(provider) + WRITTEN_LATE_MS
  if (now > safeFrom) return { verdict: 'safe', because: `${met}, and what is under way takes no longer` }
  const endsBefore = living.every(({ until = Number.POSITIVE_INFINITY }) => until <= safeFrom)
  if (!endsBefore) return notYet(`${met}; without another match, ${ids} may go from ${when(safeFrom, now)} on`)
  const wasUsed = lastOf(living) !== undefined
  return notYet(`${met}; ${wasUsed ? `if that was no late delivery, find what still signs with ${ids}` : 'wait'}`)
}

function metText(keys: readonly KeyRow[], now: number): string {
  const lastUsed = lastOf(keys)
  return `${idsOf(keys)} ${lastUsed === undefined ? `${verb(keys, 'has')} not matched` : matchedWhen(lastUsed, now)}`
}

function lastOf(keys: readonly KeyRow[]): number | undefined {
  const times = keys.flatMap(({ lastUsed }) => lastUsed ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
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
