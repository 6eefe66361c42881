import { keyring } from '@countersign/core'
import type { KeyHistory } from '../picture/key-history.js'
import type { DrillCase } from './cases.js'
import { type Clock, createClock } from './clock.js'
import { isSentTwice } from './delivery.js'
import { createHistorian } from './history.js'
import { createLetterWriter, type LetterWriter } from './letter-writer.js'
import { expectationOf } from './oracle.js'
import { createRandom } from './random.js'
import { type DrillReceiver, startReceiver } from './receiver.js'
import { type Action, type Moment, planSchedule, type Schedule } from './schedule.js'
import { createSender, type Letter, type Sender } from './sender.js'
import { count, createTally, type Tally } from './tally.js'
import { createVendor, newSecret, type Vendor } from './vendor.js'

export interface CaseOptions {
  readonly seed: string
  readonly deliveries: number
  readonly rotations: number
  readonly onProgress?: ((done: number) => void) | undefined
}

/** What became of one vendor's drill. */
export interface CaseResult {
  readonly drillCase: DrillCase
  readonly tally: Tally
  readonly from: number
  readonly until: number
  readonly rotatedAt: readonly number[]
  readonly lostAt: readonly number[]
  /** Swaps that the observer noticed, so that the staged key was promoted; and those that it missed. */
  readonly promotions: { readonly done: number; readonly missed: number }
  readonly keys: readonly KeyHistory[]
}

/** Both sides, and the time that they share. */
interface Stage {
  readonly clock: Clock
  readonly vendor: Vendor
  readonly receiver: DrillReceiver
  readonly sender: Sender
  readonly writer: LetterWriter
  /** Signed, and not yet arrived. */
  readonly underWay: Map<number, Letter>
}

/** Plays one vendor's schedule from the first moment to the last, over HTTP. */
export async function runCase(drillCase: DrillCase, options: CaseOptions): Promise<CaseResult> {
  // Each vendor has a stream of its own: run alone, it gets the same drill.
  const random = createRandom(`${options.seed}/${drillCase.id}`)
  const schedule = planSchedule(drillCase, options.rotations, options.deliveries, random)
  const stage = await setUp(drillCase, schedule)
  try {
    return await play(drillCase, schedule, stage, options)
  } finally {
    stage.sender.close()
    await stage.receiver.close()
  }
}

async function setUp(drillCase: DrillCase, { itinerary, deliveries }: Schedule): Promise<Stage> {
  const first = keyring(itinerary.firstKeys.map((key) => ({ ...key, secret: newSecret(drillCase.provider) })))
  const clock = createClock(itinerary.from)
  const vendor = createVendor(drillCase, first)
  const receiver = await startReceiver(drillCase, first, deliveries.length, clock)
  const sender = createSender(receiver.port, clock)
  const replayed = new Set(deliveries.flatMap(({ original }) => original ?? []))
  const writer = createLetterWriter(drillCase, vendor, replayed)
  return { clock, vendor, receiver, sender, writer, underWay: new Map() }
}

async function play(drillCase: DrillCase, schedule: Schedule, stage: Stage, options: CaseOptions): Promise<CaseResult> {
  const { itinerary, lives, moments } = schedule
  const { clock, receiver } = stage
  const tally = createTally()
  const historian = createHistorian()
  const lostAt: number[] = []
  const promotions = { done: 0, missed: 0 }
  historian.note(receiver.keys.ring(), clock.now())
  for (const moment of moments) {
    clock.advanceTo(moment.at)
    for (const action of moment.actions) {
      const done = act(action, stage)
      if (action.do === 'promote') promotions[done ? 'done' : 'missed'] += 1
    }
    historian.note(receiver.keys.ring(), clock.now())
    const statuses = await deliver(moment, stage)
    for (const [index, delivery] of moment.arrivals.entries()) {
      const expected = expectationOf(delivery, lives, drillCase.stamped)
      const got = { entry: receiver.log.get(delivery.number), handled: receiver.timesHandled(delivery.number) }
      const judgement = count(tally, delivery, expected, statuses[index] ?? 0, got)
      if (judgement === 'lost') lostAt.push(moment.at)
    }
    options.onProgress?.(tally.sent)
  }
  const until = Math.max(itinerary.until, clock.now())
  const rotatedAt = itinerary.rotations.map(({ at }) => at)
  return {
    drillCase,
    tally,
    from: itinerary.from,
    until,
    rotatedAt,
    lostAt,
    promotions,
    keys: historian.histories(until),
  }
}

/** Whether it could be done: a promotion waits for what the observer saw. */
function act(action: Action, { vendor, receiver, clock }: Stage): boolean {
  switch (action.do) {
    case 'rotate':
      vendor.rotate(action.rotation)
      return true
    case 'stage':
      receiver.keys.stage(action.rotation, vendor.secretOf(action.rotation.newKey))
      return true
    case 'learn':
      receiver.keys.learn(action.rotation, vendor.secretOf(action.rotation.newKey))
      return true
    case 'promote':
      return receiver.keys.promote(action.rotation)
    case 'prune':
      vendor.prune(clock.now())
      receiver.keys.prune()
      return true
  }
}

/** What leaves now is signed now; what arrives now arrives all at once, and some of it twice. */
async function deliver({ departures, arrivals }: Moment, { writer, sender, underWay }: Stage): Promise<number[]> {
  for (const delivery of departures) underWay.set(delivery.number, await writer.write(delivery))
  return Promise.all(
    arrivals.map(async (delivery) => {
      const letter = underWay.get(delivery.number) as Letter
      underWay.delete(delivery.number)
      const times = isSentTwice(delivery) ? 2 : 1
      const statuses = await Promise.all(Array.from({ length: times }, () => sender.send(delivery.number, letter)))
      return Math.max(...statuses)
    }),
  )
}
