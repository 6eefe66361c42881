import type { DrillCase } from './cases.js'
import type { Delivery } from './delivery.js'
import { DAY, HOUR } from './durations.js'
import { type KeyLives, livesOf } from './key-lives.js'
import type { Random } from './random.js'
import { type Itinerary, planRotations, type Rotation } from './rotations.js'
import { planTraffic } from './traffic.js'

/** What either side does to its keys. At one moment in this order: the vendor first, tidying last. */
export type Action =
  | { readonly do: 'rotate' | 'stage' | 'learn' | 'promote'; readonly rotation: Rotation }
  | { readonly do: 'prune' }

/** What happens while the clock stands at one moment: keys change, then deliveries leave, then deliveries arrive. */
export interface Moment {
  readonly at: number
  readonly actions: Action[]
  readonly departures: Delivery[]
  readonly arrivals: Delivery[]
}

export interface Schedule {
  readonly itinerary: Itinerary
  readonly lives: KeyLives
  readonly deliveries: readonly Delivery[]
  readonly moments: readonly Moment[]
}

/** One tidying for so many rotations: a ring holds at most 16 keys. */
const ROTATIONS_PER_PRUNE = 3

/** The whole drill of one case, made from its stream of random numbers alone. */
export function planSchedule(drillCase: DrillCase, rotations: number, deliveries: number, random: Random): Schedule {
  const { rules, stamped } = drillCase
  const itinerary = planRotations(rules, rotations, random)
  const prunedAt = pruneMoments(itinerary, random)
  const lives = livesOf(rules, itinerary, prunedAt)
  const planned = planTraffic(deliveries, { itinerary, lives, stamped, random })
  const moments = momentsOf(actionsOf(itinerary, prunedAt), planned)
  return { itinerary, lives, deliveries: planned, moments }
}

function pruneMoments({ rotations }: Itinerary, random: Random): readonly number[] {
  return rotations
    .filter((_, index) => index % ROTATIONS_PER_PRUNE === ROTATIONS_PER_PRUNE - 1)
    .map(({ learnedAt }) => learnedAt + random.int(HOUR, DAY))
    .sort((one, other) => one - other)
}

type TimedAction = readonly [number, Action]

function actionsOf({ rotations }: Itinerary, prunedAt: readonly number[]): readonly TimedAction[] {
  const turns = rotations.flatMap((rotation): TimedAction[] => {
    const { at, learnedAt, stagedAt } = rotation
    if (stagedAt === undefined) return [timed(at, 'rotate', rotation), timed(learnedAt, 'learn', rotation)]
    return [timed(stagedAt, 'stage', rotation), timed(at, 'rotate', rotation), timed(learnedAt, 'promote', rotation)]
  })
  return [...turns, ...prunedAt.map((at): TimedAction => [at, { do: 'prune' }])]
}

function timed(at: number, what: 'rotate' | 'stage' | 'learn' | 'promote', rotation: Rotation): TimedAction {
  return [at, { do: what, rotation }]
}

/** Actions stay in the order given within a moment. A replay leaves when it arrives: it is not signed again. */
function momentsOf(actions: readonly TimedAction[], deliveries: readonly Delivery[]): readonly Moment[] {
  const moments = new Map<number, Moment>()
  const momentAt = (at: number): Moment => {
    const moment = moments.get(at) ?? { at, actions: [], departures: [], arrivals: [] }
    moments.set(at, moment)
    return moment
  }
  for (const [at, action] of actions) momentAt(at).actions.push(action)
  for (const delivery of deliveries) {
    momentAt(delivery.kind === 'replayed' ? delivery.arrivesAt : delivery.signedAt).departures.push(delivery)
    momentAt(delivery.arrivesAt).arrivals.push(delivery)
  }
  return [...moments.values()].sort((one, other) => one.at - other.at)
}
