import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listenPersistently } from '../src/listen-persistently.js'

const HOUR_MS = 60 * 60 * 1000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const listener = { began: () => undefined, notified: () => undefined }

// A standby refuses to listen, and the connection that was taken for it tells of its end as well.
it('tries one subscription again, also where one failure is told twice', async () => {
  let tries = 0
  const listen = listenPersistently((_channel, _notified, lost) => {
    tries += 1
    setTimeout(lost, 1)
    return Promise.reject(new Error('cannot execute LISTEN during recovery'))
  })
  const end = listen('keyrings', listener)
  await vi.advanceTimersByTimeAsync(HOUR_MS / 10)
  const before = tries
  await vi.advanceTimersByTimeAsync(HOUR_MS / 10)
  // Once in 30 s.
  expect(tries - before).toBe(12)
  end()
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  expect(tries - before).toBe(12)
})
