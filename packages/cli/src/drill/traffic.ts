import type { Delivery, Draft } from './delivery.js'
import { DAY, TOLERANCE } from './durations.js'
import { planHostile } from './hostile-plan.js'
import { endOf, type KeyLives } from './key-lives.js'
import { edgeMoments, randomMoments } from './moments.js'
import { latestArrival } from './oracle.js'
import type { Random } from './random.js'
import type { Itinerary, Rotation } from './rotations.js'

/** All that the planning of deliveries goes by. */
export interface Ground {
  readonly itinerary: Itinerary
  readonly lives: KeyLives
  readonly stamped: boolean
  readonly random: Random
  /** When deliveries come: at every edge, and at random moments between. */
  readonly moments: readonly number[]
}

/** About so many deliveries come together, on average. */
const BATCH = 20
const SHARE_UNDER_WAY = 0.15
const SHARE_RETRIED = 0.05
const SHARE_HOSTILE = 0.22

/** Exactly `count` deliveries: what every drill must show first, then a mixture. */
export function planTraffic(count: number, ground: Omit<Ground, 'moments'>): readonly Delivery[] {
  const { itinerary, lives, random } = ground
  const edges = edgeMoments(itinerary, lives)
  const moments = [...edges, ...randomMoments(Math.ceil(count / BATCH), itinerary, random)]
  const deliveries = [...goodAt(edges), ...lastUnderWay(ground), ...lastRetries(ground), ...withEndedKeys(ground)]
    .slice(0, count)
    .map((draft, number): Delivery => ({ ...draft, number }))
  while (deliveries.length < count) {
    const number = deliveries.length
    deliveries.push({ ...nextDraft({ ...ground, moments }, deliveries), number })
  }
  return deliveries
}

function goodAt(moments: readonly number[]): Draft[] {
  return moments.map((moment) => ({ kind: 'good', signedAt: moment, arrivesAt: moment }))
}

/** Signed in the last millisecond of a key, or the first, and under way for as long as a delivery may be. */
function lastUnderWay({ itinerary, lives, stamped }: Omit<Ground, 'moments'>): Draft[] {
  return [...lives.values()]
    .flatMap((life) => [life.signsFrom, life.signsUntil - 1])
    .filter((signedAt) => itinerary.from <= signedAt && signedAt <= itinerary.until)
    .map((signedAt) => ({ kind: 'good', signedAt, arrivesAt: latestArrival(signedAt, stamped) }))
}

/** Sent once more until the last millisecond of the key that was replaced meanwhile. */
function lastRetries(ground: Omit<Ground, 'moments'>): Draft[] {
  return ground.itinerary.rotations.flatMap((rotation) => {
    const window = retryWindow(rotation, ground)
    return window === undefined ? [] : [{ kind: 'good', signedAt: rotation.at - 1, arrivesAt: window.to }]
  })
}

/** When a delivery signed before a rotation is still taken. Where a stamp is signed, a retry would be signed anew. */
function retryWindow({ oldKey, learnedAt }: Rotation, { lives, stamped }: Pick<Ground, 'lives' | 'stamped'>) {
  const to = (lives.get(oldKey)?.end?.at ?? 0) - 1
  return stamped || to < learnedAt ? undefined : { from: learnedAt, to }
}

/** Signed with a key in the very moment of its end, and when it is named for the last time, and when no more. */
function withEndedKeys({ itinerary, lives }: Omit<Ground, 'moments'>): Draft[] {
  return [...lives.values()].flatMap((life) =>
    [endOf(life), (life.end?.at ?? 0) + DAY, (life.end?.at ?? 0) + DAY + 1]
      .filter((moment) => endOf(life) <= moment && moment <= itinerary.until)
      .map((moment): Draft => ({ kind: 'expired-key', key: life.id, signedAt: moment, arrivesAt: moment })),
  )
}

function nextDraft(ground: Ground, before: readonly Delivery[]): Draft {
  const { random } = ground
  if (random.chance(SHARE_HOSTILE)) return planHostile(ground, before)
  return (random.chance(SHARE_RETRIED) ? nextRetry(ground) : undefined) ?? nextGood(ground)
}

function nextRetry(ground: Ground): Draft | undefined {
  const { random, itinerary } = ground
  const rotation = itinerary.rotations[random.int(0, itinerary.rotations.length - 1)]
  const window = rotation && retryWindow(rotation, ground)
  if (rotation === undefined || window === undefined) return undefined
  const signedAt = rotation.at - random.int(1, TOLERANCE)
  return { kind: 'good', signedAt, arrivesAt: random.int(window.from, window.to) }
}

function nextGood({ random, moments, stamped }: Ground): Draft {
  const signedAt = moments[random.int(0, moments.length - 1)] as number
  if (!random.chance(SHARE_UNDER_WAY)) return { kind: 'good', signedAt, arrivesAt: signedAt }
  const latest = latestArrival(signedAt, stamped)
  return { kind: 'good', signedAt, arrivesAt: random.chance(0.3) ? latest : random.int(signedAt, latest) }
}
