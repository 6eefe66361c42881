import { eventBody } from '../bodies.js'
import { proven, type Setting } from '../contender.js'
import { loaderOf } from '../load.js'
import { OTHER_WAYS } from '../other-ways.js'
import { OURS } from '../ours.js'
import { type Contestant, type Samples, takeRounds } from '../rounds.js'
import { timedCalls } from '../timed-calls.js'
import { MEASURED_SIZE, ringContestants } from './rings.js'

/** The folders of two checkouts of this repository, built. */
export interface Copies {
  readonly base: string
  readonly head: string
}

export const copyId = (copy: keyof Copies, id: string) => `${copy}: ${id}`

const SIZES = [200, MEASURED_SIZE, 16 * 1024]
const ROUNDS = { rounds: 31, turnMs: 5, warmUpRounds: 3 }

/** Several times, two copies of ours in one process, by turns. */
export async function measureCopies({ base, head, times }: Copies & { times: number }): Promise<Samples[]> {
  const measured: Samples[] = []
  for (let time = 0; time < times; time += 1) {
    const contestants = await Promise.all([ofCopy('base', base), ofCopy('head', head)])
    measured.push(await takeRounds(contestants.flat(), ROUNDS))
  }
  return measured
}

async function ofCopy(copy: keyof Copies, repository: string): Promise<Contestant[]> {
  // Of peers there are none here.
  const load = loaderOf({ repository, peers: repository })
  const bodies = SIZES.map((bytes) => Buffer.from(eventBody(bytes)))
  const verifying = await Promise.all(bodies.map((body) => oursContestants(load, body)))
  const rings = await ringContestants(load, Buffer.from(eventBody(MEASURED_SIZE)))
  return [...verifying.flat(), ...rings].map(({ id, turn }) => ({ id: copyId(copy, id), group: id, turn }))
}

function oursContestants(load: Setting['load'], body: Buffer): Promise<Contestant[]> {
  return Promise.all(
    [...OURS, ...OTHER_WAYS].map(async (contender) => {
      const prepared = await contender.prepare({ load, body, text: String })
      return timedCalls(`${contender.id}, ${body.length} B`, await proven(contender, prepared))
    }),
  )
}
