/** The deliveries that this process is handling, so that a duplicate that waits in it learns at once when one ends. */
export interface Running {
  /** Does a delivery's work, and remembers that it runs. */
  during<Result>(key: string, work: Promise<Result>): Promise<Result>
  /** Resolves after so many milliseconds, or as soon as the delivery's work has ended here. */
  pause(key: string, ms: number): Promise<void>
}

export function createRunning(): Running {
  const ends = new Map<string, Promise<unknown>>()
  return {
    async during(key, work) {
      ends.set(key, work)
      try {
        return await work
      } finally {
        // Another may have taken over meanwhile, after the lease was lost.
        if (ends.get(key) === work) ends.delete(key)
      }
    },
    pause: (key, ms) =>
      new Promise((resume) => {
        const timer = setTimeout(resume, ms)
        const wake = () => {
          clearTimeout(timer)
          resume()
        }
        ends.get(key)?.then(wake, wake)
      }),
  }
}
