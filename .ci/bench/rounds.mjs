// Contenders take turns, round by round, so that what else the machine does meets all of them alike.

const WARM_UP_ROUNDS = 2

/**
 * Runs each contender's `once` so many times a round, so many at the same time.
 *
 * @returns {Promise<Map<string, { perSecond: number, p50: number, p99: number }>>} medians over the rounds; latencies in milliseconds
 */
export async function compare(contenders, { rounds, calls, concurrency }) {
  const seen = new Map(Object.keys(contenders).map((name) => [name, []]))
  for (let round = 0; round < rounds + WARM_UP_ROUNDS; round += 1) {
    for (const [name, once] of Object.entries(contenders)) {
      const measured = await measure(once, calls, concurrency)
      if (round >= WARM_UP_ROUNDS) seen.get(name).push(measured)
    }
  }
  const median = (list, of) => list.map(of).sort((a, b) => a - b)[Math.floor(list.length / 2)]
  return new Map(
    [...seen].map(([name, list]) => [
      name,
      {
        perSecond: median(list, ({ perSecond }) => perSecond),
        p50: median(list, ({ p50 }) => p50),
        p99: median(list, ({ p99 }) => p99),
      },
    ]),
  )
}

async function measure(once, calls, concurrency) {
  const latencies = []
  let left = calls
  const began = performance.now()
  const worker = async () => {
    while (left > 0) {
      left -= 1
      const asked = performance.now()
      await once()
      latencies.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const perSecond = (calls / (performance.now() - began)) * 1000
  latencies.sort((a, b) => a - b)
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]
  return { perSecond, p50: at(0.5), p99: at(0.99) }
}
