/** What takes part. A turn makes so many calls and gives the milliseconds that they took. */
export interface Contestant {
  readonly id: string
  /** Those of one group have their turns next to each other: what is set beside each other meets the same moment. */
  readonly group?: string
  turn(calls: number): number | Promise<number>
}

export interface RoundOptions {
  readonly rounds: number
  /** How long a turn is meant to be. What needs longer for one call makes one call. */
  readonly turnMs: number
  /** Rounds before the first that counts: all code is compiled then, and has met every contestant. */
  readonly warmUpRounds: number
  readonly random?: () => number
}

/** Nanoseconds a call, round by round, of each contestant. */
export type Samples = Record<string, number[]>

/**
 * Contestants take turns within each round, in an order that is drawn anew, so that what else the machine does meets all of
 * them alike.
 */
export async function takeRounds(contestants: readonly Contestant[], options: RoundOptions): Promise<Samples> {
  const { rounds, turnMs, warmUpRounds, random = Math.random } = options
  const quickest = new Map<string, number>()
  for (const one of contestants) quickest.set(one.id, await calibrate(one, turnMs))
  const samples: Samples = Object.fromEntries(contestants.map(({ id }) => [id, []]))
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const one of drawn(contestants, random)) {
      const perCallMs = quickest.get(one.id) as number
      const calls = Math.max(1, Math.round(turnMs / perCallMs))
      const tookMs = (await one.turn(calls)) / calls
      // Not the last: a turn that the machine held up would leave too few calls for all that follow.
      if (round < 0) quickest.set(one.id, Math.min(perCallMs, tookMs))
      else samples[one.id]?.push(tookMs * 1e6)
    }
  }
  return samples
}

/** The rounds of several processes, one after the other; of those contestants that took part in all of them. */
export function joinSamples(parts: readonly Samples[]): Samples {
  const ids = Object.keys(parts[0] ?? {}).filter((id) => parts.every((samples) => id in samples))
  return Object.fromEntries(ids.map((id) => [id, parts.flatMap((samples) => samples[id] as number[])]))
}

/** Milliseconds a call, of as many as can be timed. */
async function calibrate(one: Contestant, turnMs: number): Promise<number> {
  for (let calls = 1; ; calls *= 4) {
    const took = await one.turn(calls)
    if (took > turnMs / 8) return took / calls
  }
}

/** The order of a round: that of the groups is drawn, and that within each. */
export function drawn<One extends Pick<Contestant, 'id' | 'group'>>(
  contestants: readonly One[],
  random: () => number,
): One[] {
  const groups = new Map<string, One[]>()
  for (const one of contestants) {
    const name = one.group ?? one.id
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return shuffled([...groups.values()], random).flatMap((group) => shuffled(group, random))
}

/** By Fisher and Yates. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[result[last], result[other]] = [result[other] as Item, result[last] as Item]
  }
  return result
}
