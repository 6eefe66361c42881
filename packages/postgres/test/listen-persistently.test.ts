import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listenPersistently } from '../src/listen-persistently.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

// A standby refuses to listen, and the connection that was lent for it tells of its end as well.
it('tries once more after a failure that is told twice, and no more once it is ended', async () => {
  let tries = 0
  const listen = listenPersistently((_channel, _notified, lost) => {
    tries += 1
    setTimeout(lost)
    return Promise.reject(new Error('cannot execute LISTEN during recovery'))
  })
  const end = listen('keyrings', { began: () => undefined, notified: () => undefined })
  // After 100 ms, and then each time after twice as long.
  await vi.advanceTimersByTimeAsync(20_000)
  expect(tries).toBe(8)
  end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(tries).toBe(8)
})
