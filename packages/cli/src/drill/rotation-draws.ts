import { TOLERANCE } from './durations.js'
import type { Random } from './random.js'

/** When every drill begins. */
export const START = Date.UTC(2026, 0, 1)

/** Somewhere within; now and then exactly at an edge, or while deliveries signed before are still under way. */
export function momentWithin(random: Random, from: number, to: number): number {
  if (random.chance(0.3)) return random.pick([from, to])
  return random.int(from, random.chance(0.3) ? Math.min(to, from + TOLERANCE) : to)
}

/** The shortest gap that the rules allow, or a longer one. */
export function gap(random: Random, shortest: number, longest: number): number {
  return random.chance(0.3) ? shortest : random.int(shortest, longest)
}

/** Key ids: key-1, key-2, ... or primary-1, primary-2, ... */
export function keyId(number: number, slot = 'key'): string {
  return `${slot}-${number}`
}
