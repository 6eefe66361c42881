import { eventBody, SIZES } from '../bodies.js'
import { type Contender, proven, type Setting } from '../contender.js'
import { references } from '../references.js'
import { type Contestant, joinSamples, type RoundOptions, type Samples, takeRounds } from '../rounds.js'
import { timedCalls } from '../timed-calls.js'

export interface SpeedResult {
  readonly sizes: readonly { readonly bytes: number; readonly samples: Samples }[]
  /** What could not be run, and why. */
  readonly left: Readonly<Record<string, string>>
}

/**
 * The larger the body, the longer a call and the fewer are needed. Among small ones a turn is long enough for what it leaves
 * to be collected within it: collecting is a tenth of the time of a `createHmac`, which leaves three native objects, and most
 * shorter turns would be spared it.
 */
export function roundsFor(bytes: number): RoundOptions {
  if (bytes <= 16 * 1024) return { rounds: 9, turnMs: 150, warmUpRounds: 1 }
  return { rounds: 9, turnMs: 40, warmUpRounds: bytes <= 1024 * 1024 ? 2 : 1 }
}

/** What several processes measured. */
export function joinSpeeds(parts: readonly SpeedResult[]): SpeedResult {
  const left = Object.assign({}, ...parts.map((part) => part.left))
  const sizes = SIZES.map((bytes, at) => ({
    bytes,
    samples: joinSamples(parts.map((part) => part.sizes[at]?.samples ?? {})),
  }))
  return { sizes, left }
}

/** Those that goals set beside the references have their turns next to them: a shared machine is another after seconds. */
export const NEXT_TO_REFERENCES = 'references'

/**
 * Each contender's own scheme, on equal bytes; `ours` next to the references. Times are stamped anew for each size: most are
 * good for five minutes.
 */
export async function measureSpeed(
  load: Setting['load'],
  ours: readonly Contender[],
  peers: readonly Contender[] = [],
): Promise<SpeedResult> {
  const left: Record<string, string> = {}
  const sizes: { bytes: number; samples: Samples }[] = []
  for (const bytes of SIZES) {
    const body = Buffer.from(eventBody(bytes))
    const text = (given: Uint8Array) => (given as Buffer).toString()
    const contestants: Contestant[] = []
    for (const { id, call } of references(body)) {
      contestants.push({ ...(await timedCalls(id, call)), group: NEXT_TO_REFERENCES })
    }
    for (const contender of [...ours, ...peers]) {
      if (contender.id in left) continue
      const call = await attemptOf(contender, { load, body, text }).catch((error: Error) => {
        left[contender.id] = error.message
      })
      if (!call) continue
      const contestant = await timedCalls(contender.id, call)
      contestants.push(ours.includes(contender) ? { ...contestant, group: NEXT_TO_REFERENCES } : contestant)
    }
    sizes.push({ bytes, samples: await takeRounds(contestants, roundsFor(bytes)) })
    console.error(`  ${bytes} bytes: ${contestants.length} contenders`)
  }
  return { sizes, left }
}

async function attemptOf(contender: Contender, setting: Setting): Promise<() => unknown> {
  const prepared = await contender.prepare(setting)
  return proven(contender, prepared)
}
