import { expect, it } from 'vitest'
import { createClock } from '../src/drill/clock.js'

it('stands until it is advanced', () => {
  const clock = createClock(1000)
  expect(clock.now()).toBe(1000)
  clock.advanceTo(1500)
  expect(clock.now()).toBe(1500)
})

it('never goes back', () => {
  expect(() => createClock(1000).advanceTo(999)).toThrow('go back')
})

it('may not advance while anything is in flight', async () => {
  const clock = createClock(0)
  let land = () => {}
  const flight = clock.holdWhile(() => new Promise<void>((landed) => (land = landed)))
  expect(() => clock.advanceTo(1)).toThrow('1 deliveries are in flight')
  land()
  await flight
  clock.advanceTo(1)
  expect(clock.now()).toBe(1)
})

it('is let go by a failure', async () => {
  const clock = createClock(0)
  await expect(clock.holdWhile(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  clock.advanceTo(1)
})
