import type { Rules } from './cases.js'
import { DAY, HOUR, MINUTE, TOLERANCE } from './durations.js'
import { expiring } from './expiring-rotations.js'
import type { Random } from './random.js'
import { gap, keyId, momentWithin, START } from './rotation-draws.js'

/** One rotation as it will happen: what the vendor does when, and when the receiver hears of it. */
export interface Rotation {
  readonly at: number
  readonly oldKey: string
  readonly newKey: string
  readonly slot?: string
  /** How long the vendor goes on signing with the old key; for a swap, how long the receiver keeps it. */
  readonly graceMs: number
  /** When the receiver applies the rotation; for a swap, when it promotes what it has staged. */
  readonly learnedAt: number
  /** Swap only: when the receiver stages the new key. */
  readonly stagedAt?: number
  /** The receiver cannot help losing deliveries: there is no grace, or both slots changed. */
  readonly isSudden: boolean
}

/** All rotations of one case, in order. */
export interface Itinerary {
  readonly from: number
  readonly until: number
  readonly firstKeys: readonly { id: string; slot?: string }[]
  readonly rotations: readonly Rotation[]
}

export type RulesOf<Kind extends Rules['kind']> = Extract<Rules, { kind: Kind }>

/** Draws so many rotations by the vendor's rules. */
export function planRotations(rules: Rules, count: number, random: Random): Itinerary {
  switch (rules.kind) {
    case 'slots':
      return slotsInTurn(rules, count, random)
    case 'slots-at-once':
      return slotsAtOnce(rules)
    case 'overlap':
      return overlapping(rules, count, random)
    case 'expiring':
      return expiring(rules, count, random)
    case 'swap':
      return swapping(rules, count, random)
  }
}

function slotsInTurn({ slots, guardMs, longestMs }: RulesOf<'slots'>, count: number, random: Random): Itinerary {
  const moments = [START + gap(random, guardMs, 5 * DAY)]
  for (let turn = 1; turn <= count; turn++) moments.push((moments.at(-1) ?? START) + gap(random, guardMs, longestMs))
  const rotations = moments.slice(0, count).map((at, turn): Rotation => {
    const slot = slots[turn % 2] as string
    const number = Math.floor(turn / 2) + 1
    // Late, but before the other slot changes.
    const learnedAt = momentWithin(random, at, (moments[turn + 1] as number) - 1)
    const keys = { oldKey: keyId(number, slot), newKey: keyId(number + 1, slot) }
    return { at, ...keys, slot, graceMs: 0, learnedAt, isSudden: false }
  })
  return { from: START, until: moments[count] as number, firstKeys: firstOfSlots(slots), rotations }
}

function slotsAtOnce({ slots }: RulesOf<'slots-at-once'>): Itinerary {
  const at = START + 6 * HOUR
  const rotations = slots.map((slot): Rotation => {
    const keys = { oldKey: keyId(1, slot), newKey: keyId(2, slot) }
    return { at, ...keys, slot, graceMs: 0, learnedAt: at + 6 * HOUR, isSudden: true }
  })
  return { from: START, until: at + 12 * HOUR, firstKeys: firstOfSlots(slots), rotations }
}

function firstOfSlots(slots: readonly string[]): { id: string; slot: string }[] {
  return slots.map((slot) => ({ id: keyId(1, slot), slot }))
}

function overlapping({ graceMs }: RulesOf<'overlap'>, count: number, random: Random): Itinerary {
  const rotations: Rotation[] = []
  let at = START + 2 * HOUR
  for (let number = 1; number <= count; number++) {
    const learnedAt = momentWithin(random, at, at + graceMs)
    rotations.push({ at, oldKey: keyId(number), newKey: keyId(number + 1), graceMs, learnedAt, isSudden: false })
    at += gap(random, graceMs, graceMs + 5 * HOUR)
  }
  return { from: START, until: at + graceMs + TOLERANCE, firstKeys: [{ id: keyId(1) }], rotations }
}

function swapping({ gracesMs }: RulesOf<'swap'>, count: number, random: Random): Itinerary {
  const rotations: Rotation[] = []
  let from = START
  for (let number = 1; number <= count; number++) {
    const stagedAt = from + random.int(HOUR, 2 * DAY)
    const at = stagedAt + random.int(MINUTE, 12 * HOUR)
    const graceMs = random.pick(gracesMs)
    // The first delivery comes with the swap itself; somebody reads the observer's note and acts within three hours.
    const learnedAt = momentWithin(random, at + MINUTE, at + 3 * HOUR)
    rotations.push({
      at,
      oldKey: keyId(number),
      newKey: keyId(number + 1),
      graceMs,
      learnedAt,
      stagedAt,
      isSudden: false,
    })
    from = learnedAt
  }
  return { from: START, until: from + 2 * DAY, firstKeys: [{ id: keyId(1) }], rotations }
}
