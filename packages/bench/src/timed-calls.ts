import type { Contestant } from './rounds.js'

/** A contestant whose turn is made in this very process. What gives a promise is awaited, each time, as a receiver would. */
export async function timedCalls(id: string, call: () => unknown): Promise<Contestant> {
  const first = call()
  const isAsync = first instanceof Promise
  await first
  return { id, turn: isAsync ? (calls) => turnAsync(call, calls) : (calls) => turnSync(call, calls) }
}

function turnSync(call: () => unknown, calls: number): number {
  const began = performance.now()
  for (let made = 0; made < calls; made += 1) call()
  return performance.now() - began
}

async function turnAsync(call: () => unknown, calls: number): Promise<number> {
  const began = performance.now()
  for (let made = 0; made < calls; made += 1) await call()
  return performance.now() - began
}
