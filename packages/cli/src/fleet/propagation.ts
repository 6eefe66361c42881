import type { InstanceLife } from './instances.js'
import type { FleetRotation } from './operator.js'

/** How long rotations took to reach the last instance, in milliseconds. */
export interface Propagation {
  readonly rotations: number
  readonly medianMs: number
  readonly worstMs: number
  /** Rotations that an instance never used, though it was there until the end. */
  readonly missed: number
}

/**
 * From when a rotation was saved to when the last instance first used the new ring. One that was started later has read the
 * store already, and one that was killed before has no say.
 */
export function propagationOf(rotations: readonly FleetRotation[], lives: readonly InstanceLife[]): Propagation {
  const reached = rotations.map(({ key, savedAt }) => {
    const there = lives.filter(({ since, until, firstUse }) => {
      return since <= savedAt && (firstUse.has(key) || until === Number.POSITIVE_INFINITY)
    })
    // An instance that was told of the change may be faster than the answer to who made it.
    return Math.max(0, ...there.map(({ firstUse }) => (firstUse.get(key) ?? Number.POSITIVE_INFINITY) - savedAt))
  })
  const times = reached.filter(Number.isFinite).sort((one, other) => one - other)
  return {
    rotations: rotations.length,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    worstMs: times.at(-1) ?? 0,
    missed: reached.length - times.length,
  }
}
