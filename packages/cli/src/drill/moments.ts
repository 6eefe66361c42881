import { DAY, MINUTE, TOLERANCE } from './durations.js'
import { endOf, type KeyLives } from './key-lives.js'
import type { Random } from './random.js'
import type { Itinerary } from './rotations.js'

/** The milliseconds where something changes, and the last ones before: where mistakes would show. */
export function edgeMoments({ from, until, rotations }: Itinerary, lives: KeyLives): readonly number[] {
  const changes = rotations.flatMap(({ at, learnedAt, stagedAt }) => [at, learnedAt, stagedAt ?? at])
  for (const life of lives.values()) {
    changes.push(life.signsFrom, life.signsUntil, life.activeFrom, life.end?.at ?? from, endOf(life))
    // A key that ended is named as the reason for one more day.
    changes.push((life.end?.at ?? from) + DAY + 1)
  }
  const edges = changes.flatMap((moment) => [moment - 1, moment])
  return [...new Set(edges)].filter((moment) => from <= moment && moment <= until).sort((one, other) => one - other)
}

/** Moments at random, half of them where a rotation is going on. */
export function randomMoments(count: number, { from, until, rotations }: Itinerary, random: Random): readonly number[] {
  const windows = rotations.flatMap(({ at, learnedAt, graceMs }): (readonly [number, number])[] => [
    [at - TOLERANCE, at],
    [at, at + TOLERANCE],
    [at, learnedAt],
    [learnedAt, at + graceMs + 10 * MINUTE],
  ])
  return Array.from({ length: count }, () => {
    const window = windows[random.int(0, windows.length - 1)]
    const [start, end] = window !== undefined && random.chance(0.5) ? window : [from, until]
    const moment = random.int(Math.min(start, end), Math.max(start, end))
    return Math.min(until, Math.max(from, moment))
  })
}
