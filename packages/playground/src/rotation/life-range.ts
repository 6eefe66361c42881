import type { Life } from './life.js'
import { type Range, stepOf } from './time-scale.js'

/** Where the picture's time begins: any moment would do, and no clock is read. */
export const START = Date.UTC(2026, 0, 1)

/** The `activeFrom` of a key that waits to be promoted: the greatest instant of a date. */
const NEVER = 8.64e15

/** From the beginning until a while after whatever ends last, and at least for so long. Milliseconds. */
export function rangeOf(life: Life, leastMs: number): Range {
  const dates = life.flatMap(({ at, ring }) => [
    at,
    ...ring.keys.flatMap(({ activeFrom = 0, retireFrom = 0, notAfter = 0 }) => [activeFrom, retireFrom, notAfter]),
  ])
  const last = Math.max(...dates.filter((date) => date < NEVER))
  const step = stepOf({ from: START, until: START + leastMs }) * 12
  const needed = Math.ceil((last + leastMs / 6 - START) / step) * step
  return { from: START, until: START + Math.max(leastMs, needed) }
}
