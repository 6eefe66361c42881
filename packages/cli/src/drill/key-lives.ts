import type { Rules } from './cases.js'
import { TOLERANCE } from './durations.js'
import type { Itinerary, Rotation } from './rotations.js'

/** What the vendor's rules and the moments of the schedule make of one key. */
export interface KeyLife {
  readonly id: string
  readonly slot?: string | undefined
  /** The vendor signs with it from then on, and not any more from then on. */
  readonly signsFrom: number
  readonly signsUntil: number
  /** The receiver holds it from then on, at first staged and from `activeFrom` on active. */
  readonly knownFrom: number
  readonly activeFrom: number
  /** Once the receiver has learned of its successor, the key retires, and verifies nothing from `at` on. */
  readonly end?: { readonly learnedAt: number; readonly at: number }
  /** It began, or ended, without the grace that a receiver needs in order to lose nothing. */
  readonly beganSuddenly: boolean
  readonly endedSuddenly: boolean
  /** The receiver pruned it then. */
  readonly forgottenAt: number
}

export type KeyLives = ReadonlyMap<string, KeyLife>

const ALWAYS = Number.NEGATIVE_INFINITY
const NEVER = Number.POSITIVE_INFINITY

/** The lives of all keys of a case. */
export function livesOf(rules: Rules, itinerary: Itinerary, prunedAt: readonly number[]): KeyLives {
  const lives = new Map<string, KeyLife>()
  for (const { id, slot } of itinerary.firstKeys) {
    lives.set(id, { ...unborn, id, slot, signsFrom: ALWAYS, knownFrom: ALWAYS, activeFrom: ALWAYS })
  }
  for (const rotation of itinerary.rotations) {
    const old = lives.get(rotation.oldKey) as KeyLife
    lives.set(old.id, forgotten({ ...old, ...endingOf(rules, rotation) }, prunedAt))
    lives.set(rotation.newKey, { ...unborn, id: rotation.newKey, slot: rotation.slot, ...beginningOf(rules, rotation) })
  }
  return lives
}

const unborn = { signsUntil: NEVER, forgottenAt: NEVER, beganSuddenly: false, endedSuddenly: false }

function beginningOf(rules: Rules, { at, graceMs, learnedAt, stagedAt, isSudden }: Rotation) {
  const waits = rules.kind === 'expiring' && rules.newSigns === 'after-grace'
  const signsFrom = waits ? at + graceMs : at
  return {
    signsFrom,
    knownFrom: stagedAt ?? learnedAt,
    // A staged key waits for its promotion.
    activeFrom: stagedAt === undefined ? signsFrom : learnedAt,
    beganSuddenly: isSudden,
  }
}

function endingOf(rules: Rules, { at, graceMs, learnedAt, isSudden }: Rotation) {
  if (rules.kind === 'swap') return { signsUntil: at, end: { learnedAt, at: learnedAt + graceMs } }
  // Deliveries under way are waited for, except where the vendor's user asked for no grace: there the key must go.
  const isCut = rules.kind === 'expiring' && graceMs === 0
  const end = { learnedAt, at: isCut ? at : at + graceMs + TOLERANCE }
  return { signsUntil: at + graceMs, end, endedSuddenly: isSudden }
}

function forgotten(life: KeyLife, prunedAt: readonly number[]): KeyLife {
  const gone = endOf(life)
  return { ...life, forgottenAt: prunedAt.find((moment) => moment >= gone) ?? NEVER }
}

/** When the receiver ceases to take the key: it must have learned of that, too. */
export function endOf({ end }: KeyLife): number {
  return end === undefined ? NEVER : Math.max(end.learnedAt, end.at)
}
