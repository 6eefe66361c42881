import { median, quantile } from './statistics.js'

export interface Load {
  readonly rounds: number
  /** A round's calls, of which so many are under way at a time. */
  readonly calls: number
  readonly concurrency: number
}

/** Medians over the rounds; latencies in milliseconds. */
export interface Loaded {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

const WARM_UP_ROUNDS = 2

/** Loads each in turn, round by round. For calls that wait, of which many run at a time. */
export async function loadInRounds(calls: readonly (() => Promise<unknown>)[], load: Load): Promise<Loaded[]> {
  const seen: Loaded[][] = calls.map(() => [])
  for (let round = -WARM_UP_ROUNDS; round < load.rounds; round += 1) {
    for (const [index, call] of calls.entries()) {
      const loaded = await loadOnce(call, load)
      if (round >= 0) seen[index]?.push(loaded)
    }
  }
  return seen.map((rounds) => ({
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }))
}

async function loadOnce(call: () => Promise<unknown>, { calls, concurrency }: Load): Promise<Loaded> {
  const latencies: number[] = []
  let left = calls
  const began = performance.now()
  const worker = async () => {
    while (left > 0) {
      left -= 1
      const asked = performance.now()
      await call()
      latencies.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const perSecond = (calls / (performance.now() - began)) * 1000
  return { perSecond, p50: median(latencies), p99: quantile(latencies, 0.99) }
}
