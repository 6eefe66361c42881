import { HOUR, MINUTE, TOLERANCE } from './durations.js'
import type { Random } from './random.js'
import { keyId, momentWithin, START } from './rotation-draws.js'
import type { Itinerary, Rotation, RulesOf } from './rotations.js'

interface Draft {
  readonly at: number
  readonly graceMs: number
  /** When the receiver must know at the latest. */
  readonly latest: number
}

/** The old secret lives on for the grace chosen, so that several rotations may be under way at once. */
export function expiring(rules: RulesOf<'expiring'>, count: number, random: Random): Itinerary {
  const zero = random.int(0, Math.min(count, 5) - 1)
  const drafts: Draft[] = []
  let at = START + 2 * HOUR
  for (let turn = 0; turn < count; turn++) {
    // One in five without any grace; the first of those while no other secret helps, so that each drill shows the cost.
    const graceMs = turn % 5 === zero ? 0 : random.pick(rules.gracesMs)
    at = turn === zero ? whenAlone(drafts, at) : whenRoom(rules.max, drafts, at, graceMs)
    drafts.push({ at, graceMs, latest: at + (graceMs || latenessWithoutGrace(random)) })
    at += random.int(HOUR, 14 * HOUR)
  }
  const rotations = learnedInOrder(drafts, random)
  const end = Math.max(...drafts.map((draft) => draft.at + draft.graceMs)) + TOLERANCE + 2 * HOUR
  return { from: START, until: end, firstKeys: [{ id: keyId(1) }], rotations }
}

/** Without a grace there is no window to learn in; half of the time deliveries signed before are still under way. */
function latenessWithoutGrace(random: Random): number {
  return random.chance(0.5) ? random.int(MINUTE, TOLERANCE - 1) : random.int(TOLERANCE, 40 * MINUTE)
}

function whenAlone(before: readonly Draft[], from: number): number {
  return Math.max(from, ...before.map((draft) => draft.at + draft.graceMs))
}

/** The first moment from then on at which the vendor takes another secret. */
function whenRoom(max: number, before: readonly Draft[], from: number, graceMs: number) {
  // The newest secret has no end of its own; one without grace makes room for its successor at once.
  const current = graceMs === 0 ? 0 : 1
  const ends = before.map((draft) => draft.at + draft.graceMs).sort((one, other) => one - other)
  const alive = ends.filter((end) => end > from)
  const surplus = alive.length + current - max
  return surplus < 0 ? from : (alive[surplus] as number)
}

/** A receiver hears of rotations one after the other, so none later than a following one must be known. */
function learnedInOrder(drafts: readonly Draft[], random: Random): readonly Rotation[] {
  const rotations: Rotation[] = []
  let last = START
  for (const [turn, { at, graceMs }] of drafts.entries()) {
    const latest = Math.min(...drafts.slice(turn).map((draft) => draft.latest))
    const learnedAt = Math.max(last, graceMs === 0 ? latest : momentWithin(random, at, latest))
    const keys = { oldKey: keyId(turn + 1), newKey: keyId(turn + 2) }
    rotations.push({ at, ...keys, graceMs, learnedAt, isSudden: graceMs === 0 })
    last = learnedAt
  }
  return rotations
}
