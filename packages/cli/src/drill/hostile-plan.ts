import type { Delivery, Draft, HostileKind } from './delivery.js'
import { DAY } from './durations.js'
import { endOf } from './key-lives.js'
import { expectationOf, isUsable, latestArrival, signersAt } from './oracle.js'
import type { Ground } from './traffic.js'

/** How often a suitable moment is looked for before a forgery takes the place. */
const TRIES = 40

/** The next hostile delivery. Early on there is nothing to replay and no key has ended: then it is a forgery. */
export function planHostile(ground: Ground, before: readonly Delivery[]): Draft {
  const { random, moments, itinerary } = ground
  const hasSlots = itinerary.firstKeys.length > 1
  const kind = random.pick<HostileKind>([
    'forged',
    'tampered',
    'replayed',
    'expired-key',
    hasSlots ? 'other-slot' : 'tampered',
  ])
  for (let tried = 0; tried < TRIES; tried++) {
    const moment = moments[random.int(0, moments.length - 1)] as number
    const draft = draftAt(kind, moment, ground, before)
    if (draft !== undefined) return draft
  }
  const moment = moments[random.int(0, moments.length - 1)] as number
  return { kind: 'forged', signedAt: moment, arrivesAt: moment }
}

function draftAt(kind: HostileKind, moment: number, ground: Ground, before: readonly Delivery[]): Draft | undefined {
  switch (kind) {
    case 'replayed':
      return replay(moment, ground, before)
    case 'expired-key':
      return withEndedKey(moment, ground)
    default:
      return { kind, signedAt: moment, arrivesAt: moment }
  }
}

function withEndedKey(moment: number, { lives, random, itinerary }: Ground): Draft | undefined {
  const ended = [...lives.values()].filter((life) => endOf(life) <= moment)
  const life = ended[random.int(0, Math.max(0, ended.length - 1))]
  if (life === undefined) return undefined
  // Most of them soon after the end, while the key is still remembered.
  const soon = Math.min(itinerary.until, endOf(life) + random.int(0, DAY))
  const at = random.chance(0.7) ? soon : moment
  return { kind: 'expired-key', key: life.id, signedAt: at, arrivesAt: at }
}

function replay(moment: number, ground: Ground, before: readonly Delivery[]): Draft | undefined {
  const { lives, stamped, random, itinerary } = ground
  const original = before[random.int(0, Math.max(0, before.length - 1))]
  if (original?.kind !== 'good' || !expectationOf(original, lives, stamped).accept) return undefined
  const { signedAt, number } = original
  const tooOldFrom = latestArrival(signedAt, stamped) + 1
  // Now and then in the first millisecond that is too late.
  const arrivesAt = stamped && random.chance(0.25) ? Math.min(tooOldFrom, itinerary.until) : moment
  if (arrivesAt < tooOldFrom || arrivesAt <= original.arrivesAt) return undefined
  const isDetectable = stamped || !signersAt(lives, signedAt).some((life) => isUsable(life, arrivesAt))
  return isDetectable ? { kind: 'replayed', original: number, signedAt, arrivesAt } : undefined
}
