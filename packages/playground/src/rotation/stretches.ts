import type { KeyState } from '@countersign/core'
import { type Life, ringAt } from './life.js'

/** A stretch of a key's life in one state, end excluded. Milliseconds since the epoch. */
interface Stretch {
  readonly state: KeyState
  readonly from: number
  readonly until: number
}

export interface KeyLife {
  readonly id: string
  readonly slot: string | undefined
  readonly stretches: readonly Stretch[]
}

/** Every moment in a range at which any key may change its state, the range's beginning included. */
export function turningPoints(life: Life, from: number, until: number): readonly number[] {
  const dates = life.flatMap(({ at, ring }) => [
    at,
    ...ring.keys.flatMap(({ activeFrom, retireFrom, notAfter, revokedAt }) => [
      ...[activeFrom, retireFrom, notAfter, revokedAt].filter((date) => date !== undefined),
    ]),
  ])
  const inside = dates.filter((date) => date > from && date < until)
  return [...new Set([from, ...inside])].sort((one, other) => one - other)
}

/** The lives of all keys that were ever in the ring, in the order in which they came. */
export function keyLives(life: Life, from: number, until: number): readonly KeyLife[] {
  const points = turningPoints(life, from, until)
  const lives = new Map<string, { slot: string | undefined; stretches: Stretch[] }>()
  for (const [index, point] of points.entries()) {
    const end = points[index + 1] ?? until
    for (const { id, slot, state } of ringAt(life, point).describe(point)) {
      const known = lives.get(id) ?? { slot, stretches: [] }
      lives.set(id, known)
      extend(known.stretches, { state, from: point, until: end })
    }
  }
  return [...lives].map(([id, known]) => ({ id, ...known }))
}

/** Adds a stretch, as a part of the one before it where that is alike. */
export function extend<Kind extends { from: number; until: number; state: unknown }>(all: Kind[], next: Kind): void {
  const last = all.at(-1)
  if (last !== undefined && last.state === next.state && last.until === next.from) {
    all[all.length - 1] = { ...last, until: next.until }
  } else all.push(next)
}
