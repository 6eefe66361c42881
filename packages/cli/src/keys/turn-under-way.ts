import type { Keyring } from '@countersign/core'
import { type KeyRow, keyRows, type Uses } from './key-row.js'

/** A rotation that has begun and is not over: what is over is pruned. */
export interface TurnUnderWay {
  readonly fresh: KeyRow
  /** Those that it replaces: on their way out or ended; still active while the new one does not sign. */
  readonly old: readonly KeyRow[]
  /** Whether the new key is staged until somebody promotes it. */
  readonly waits: boolean
}

/** Undefined where every key is in its place. */
export function turnUnderWay(ring: Keyring, uses: Uses, now: number): TurnUnderWay | undefined {
  const rows = keyRows(ring, uses, now)
  const staged = rows.filter(({ state }) => state === 'staged').at(-1)
  if (staged !== undefined) return turnTo(staged, rows, staged.until === undefined)
  const outgoing = rows.filter(isOutgoing)
  const active = rows
    .filter(({ state, slot }) => state === 'active' && outgoing.some((old) => old.slot === slot))
    .sort((one, other) => (one.since ?? 0) - (other.since ?? 0))
    .at(-1)
  return active && turnTo(active, rows, false)
}

function turnTo(fresh: KeyRow, rows: readonly KeyRow[], waits: boolean): TurnUnderWay {
  const isReplaced = ({ state }: KeyRow) => fresh.state === 'staged' && state === 'active'
  const old = rows.filter((row) => row.slot === fresh.slot && (isOutgoing(row) || isReplaced(row)))
  return { fresh, old, waits }
}

/** Whether a new key has matched since it signs. What has matched a staged one may have been a test of ours. */
export function hasTakenOver({ state, since = Number.NEGATIVE_INFINITY, lastUsed }: KeyRow): boolean {
  return state === 'active' && lastUsed !== undefined && lastUsed >= since
}

function isOutgoing({ state }: KeyRow): boolean {
  return state !== 'staged' && state !== 'active'
}
