import type { Keyring, KeyState } from '@countersign/core'
import type { KeyHistory } from '../picture/key-history.js'

/** Watches a ring while it changes. What is pruned from it is kept here. */
export interface Historian {
  /** To be told at every moment at which something may have changed. */
  note(ring: Keyring, now: number): void
  histories(until: number): readonly KeyHistory[]
}

export function createHistorian(): Historian {
  const lives = new Map<string, { state: KeyState; from: number; gone?: number }[]>()
  return {
    note(ring, now) {
      const described = ring.describe(now)
      for (const { id, state } of described) {
        const changes = lives.get(id) ?? []
        lives.set(id, changes)
        if (changes.at(-1)?.state !== state) changes.push({ state, from: now })
      }
      const present = new Set(described.map(({ id }) => id))
      for (const [id, changes] of lives) {
        const last = changes.at(-1)
        if (last !== undefined && !present.has(id)) last.gone ??= now
      }
    },
    histories: (until) =>
      [...lives].map(([id, changes]) => ({
        id,
        stretches: changes.map(({ state, from, gone }, index) => ({
          state,
          from,
          until: gone ?? changes[index + 1]?.from ?? until,
        })),
      })),
  }
}
