/** The drill's time: logical, stepped, and standing still while any delivery is in flight. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** @throws Error if a delivery is in flight, or the moment is past: then the drill itself is broken. */
  advanceTo(moment: number): void
  /** Holds the clock until the work is done. */
  holdWhile<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createClock(start: number): Clock {
  let now = start
  let inFlight = 0
  return {
    now: () => now,
    advanceTo(moment) {
      if (inFlight > 0) throw new Error(`the clock may not advance: ${inFlight} deliveries are in flight`)
      if (moment < now) throw new Error('the clock may not go back')
      now = moment
    },
    async holdWhile(work) {
      inFlight += 1
      try {
        return await work()
      } finally {
        inFlight -= 1
      }
    },
  }
}
