// What the samples say: everything in tables, goals and chart comes from here.
import { BY_HAND, byHandId } from './by-hand/index.js'
import type { Contender, Hash } from './contender.js'
import { counterpartOf, OURS } from './ours.js'
import { PEERS } from './peers/index.js'
import { FLOOR, REFERENCE } from './references.js'
import type { Samples } from './rounds.js'
import { type Framework, type HttpResult, httpId, type Mode } from './sections/http.js'
import { EMPTY, type FORMS, type ImportResult, importId } from './sections/imports.js'
import type { SpeedResult } from './sections/speed.js'
import { ratios, type Summary, summarise } from './statistics.js'

/** How many times one `createHmac` of the same hash, in the same rounds. */
export function timesReference(samples: Samples, id: string, hash: Hash): Summary | undefined {
  return timesOther(samples, id, REFERENCE[hash])
}

/** How many times another contender. */
function timesOther(samples: Samples, id: string, other: string): Summary | undefined {
  const [values, others] = [samples[id], samples[other]]
  return values && others && summarise(ratios(values, others))
}

/** How many times ours, of the same hash and with a timestamp where the peer has one. */
export const timesOurs = (samples: Samples, peer: Contender) => timesOther(samples, peer.id, counterpartOf(peer))

/** How many times what is written by hand for the vendor of ours that it is set beside. */
export const timesByHand = (samples: Samples, peer: Contender) =>
  timesOther(samples, peer.id, byHandId(counterpartOf(peer)))

/** How many times the floor: what a peer takes in times of ours could be no more than that. */
export const timesFloor = (samples: Samples, peer: Contender) =>
  timesOther(samples, peer.id, FLOOR[contender(counterpartOf(peer)).hash])

export const sizeOf = (speed: SpeedResult | undefined, bytes: number): Samples =>
  speed?.sizes.find((size) => size.bytes === bytes)?.samples ?? {}

export function contender(id: string): Contender {
  const found = [...OURS, ...BY_HAND, ...PEERS].find((one) => one.id === id)
  if (!found) throw new Error(`no contender ${id}`)
  return found
}

/** In Web Crypto's own measure. */
export const webTimesReference = (samples: Samples, { id, hash }: Contender) =>
  timesOther(samples, id, `subtle-${hash}`)

/** Milliseconds over an empty script, round by round. */
export function importTime({ samples }: ImportResult, name: string, form: (typeof FORMS)[number]): Summary | undefined {
  const [values, empty] = [samples[importId(name, form)], samples[importId(EMPTY, form)]]
  return values && empty && summarise(values.map((value, round) => (value - (empty[round] as number)) / 1e6))
}

/** What a mode adds to reading the body alone, as a percentage of the whole, round by round. */
export function cpuAdded(http: HttpResult, framework: Framework, mode: Mode): Summary | undefined {
  const whole = http[httpId(framework, mode)]?.cpuMicroseconds
  const read = http[httpId(framework, 'read')]?.cpuMicroseconds
  return whole && read && summarise(ratios(read, whole).map((share) => 100 * (1 - share)))
}
