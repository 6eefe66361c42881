import { afterEach, describe, expect, it } from 'vitest'
import { localTime, relative, when } from '../../src/keys/when.js'
import { DAY, HOUR, NOW } from './keys-session.js'

const MINUTE = 60_000
const SECOND = 1000

afterEach(() => {
  process.env.TZ = 'UTC'
})

describe('a moment', () => {
  it.each([
    [0, 'now'],
    [999, 'now'],
    [30 * SECOND, 'in 30 seconds'],
    [-119 * SECOND, '119 seconds ago'],
    [-4 * MINUTE, '4 minutes ago'],
    [HOUR, 'in 60 minutes'],
    [DAY - 20, 'in 24 hours'],
    [3 * DAY, 'in 3 days'],
    [-90 * DAY, '3 months ago'],
    [-800 * DAY, '2 years ago'],
  ])('%i ms from now is %j', (ms, text) => {
    expect(relative(NOW + ms, NOW)).toBe(text)
  })

  it.each([
    ['UTC', NOW, '15 Jun 12:00 UTC'],
    ['Europe/Berlin', NOW, '15 Jun 14:00 CEST'],
    // Its own zone, and not that of now.
    ['Europe/Berlin', NOW + 200 * DAY, '1 Jan 13:00 CET'],
    ['Asia/Tokyo', NOW + 12 * HOUR, '16 Jun 09:00 GMT+9'],
    ['UTC', NOW - 400 * DAY, '11 May 2025'],
  ])('in %s is local, with its zone', (zone, moment, text) => {
    process.env.TZ = zone
    expect(localTime(moment, NOW)).toBe(text)
  })

  it('is both at once in a sentence', () => {
    expect(when(NOW + DAY, NOW)).toBe('16 Jun 12:00 UTC (in 24 hours)')
  })
})
