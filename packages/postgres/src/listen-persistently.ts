import type { Listen } from './listen.js'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000

/**
 * One subscription: resolves to what ends it when it listens, and rejects if it cannot. `lost` is to be called when it is
 * interrupted.
 */
export type Subscribe = (channel: string, notified: (payload: string) => void, lost: () => void) => Promise<() => void>

/** Subscribes again and again, with growing pauses, until it is ended. */
export function listenPersistently(subscribe: Subscribe): Listen {
  return (channel, listener) => {
    let hasEnded = false
    let endSubscription: (() => void) | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let pauseMs = FIRST_PAUSE_MS

    async function begin(): Promise<void> {
      let isLost = false
      // A connection may tell of one loss several times, and of its end after it has failed.
      function lost(): void {
        if (!isLost) beginLater()
        isLost = true
      }
      try {
        const end = await subscribe(channel, notified, lost)
        if (hasEnded) return end()
        endSubscription = end
        if (isLost) return
        pauseMs = FIRST_PAUSE_MS
        listener.began()
      } catch {
        lost()
      }
    }

    function beginLater(): void {
      endSubscription = undefined
      if (hasEnded) return
      timer = setTimeout(begin, pauseMs)
      // No process stays for this alone.
      timer.unref?.()
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }

    function notified(payload: string): void {
      if (!hasEnded) listener.notified(payload)
    }

    void begin()
    return () => {
      hasEnded = true
      clearTimeout(timer)
      endSubscription?.()
    }
  }
}
