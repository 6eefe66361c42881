import type { Keyring, KeyState } from '@countersign/core'
import type { Colors } from '../terminal.js'
import { painted } from './state-colors.js'
import { when } from './when.js'

/** What became of one key. */
export interface KeyChange {
  readonly id: string
  readonly slot: string | undefined
  /** Undefined for a key that was not there. */
  readonly was: KeyState | undefined
  /** Undefined for a key that is gone. */
  readonly state: KeyState | undefined
  /** Until when it is in that state, in milliseconds since the epoch. */
  readonly until: number | undefined
}

/** The keys that differ between two states of a ring, in its order. */
export function ringChanges(before: Keyring, after: Keyring, now: number): readonly KeyChange[] {
  const old = new Map(before.describe(now).map((key) => [key.id, key]))
  const fresh = after.describe(now)
  const gone = [...old.values()].filter(({ id }) => !fresh.some((key) => key.id === id))
  return [
    ...gone.map(({ id, slot, state }) => ({ id, slot, was: state, state: undefined, until: undefined })),
    ...fresh.flatMap(({ id, slot, state, until }) => {
      const known = old.get(id)
      return known?.state === state && known.until === until ? [] : [{ id, slot, was: known?.state, state, until }]
    }),
  ]
}

/** A line for each. */
export function changesText(changes: readonly KeyChange[], now: number, colors: Colors): string {
  const width = Math.max(...changes.map(({ id }) => id.length))
  return changes
    .map(({ id, was, state, until }) => {
      const from = was === undefined ? 'new' : painted(was, colors)
      const to = state === undefined ? 'gone' : painted(state, colors)
      return `  ${id.padEnd(width)}  ${from} → ${to}${until === undefined ? '' : ` until ${when(until, now)}`}`
    })
    .join('\n')
}
