import type { Contestant } from './rounds.js'

/** So many calls before each that is timed, so that less of what the contestant before left to collect falls to this one. */
const LEAD_IN = 0.2

/** A contestant whose turn is made in this very process. What gives a promise is awaited, each time, as a receiver would. */
export async function timedCalls(id: string, call: () => unknown): Promise<Contestant> {
  const first = call()
  const isAsync = first instanceof Promise
  await first
  const make = isAsync ? makeAsync : makeSync
  return {
    id,
    async turn(calls) {
      await make(call, Math.ceil(calls * LEAD_IN))
      return make(call, calls)
    },
  }
}

function makeSync(call: () => unknown, calls: number): number {
  const began = performance.now()
  for (let made = 0; made < calls; made += 1) call()
  return performance.now() - began
}

async function makeAsync(call: () => unknown, calls: number): Promise<number> {
  const began = performance.now()
  for (let made = 0; made < calls; made += 1) await call()
  return performance.now() - began
}
