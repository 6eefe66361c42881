import { describe, expect, it } from 'vitest'
import { freshnessDeviation } from '../../src/explain/deviations/freshness-deviation.js'
import { spanWords } from '../../src/explain/words.js'

const NOW = Date.UTC(2026, 0, 1)
const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS

/** What is said of a stamp that is so far from the clock: behind it, or (below 0) ahead of it. */
const said = (off: number, toleranceSeconds = 300) => {
  const at = NOW - off
  return freshnessDeviation(String(at / 1000), at, NOW, toleranceSeconds)
}

const ZONE = 'Look for a local time that is taken for UTC'
const BEHIND = 'If it has just arrived, set this clock right (NTP), which is ahead'
const AHEAD = "Set this clock right (NTP): it is behind; or the sender's is ahead."

describe('a stamp within the tolerance', () => {
  it('is not off', () => {
    for (const off of [0, 300 * SECOND_MS, -300 * SECOND_MS]) expect(said(off)).toBeUndefined()
    expect(said(300 * SECOND_MS + 1)?.code).toBe('clock-skew')
    expect(said(-300 * SECOND_MS - 1)?.code).toBe('clock-skew')
  })
})

describe('a stamp that is off', () => {
  it.each([
    [HOUR_MS, '1 hour behind this clock', ZONE],
    [-HOUR_MS, '1 hour ahead of this clock', ZONE],
    [HOUR_MS / 2 + 19_999, '30 minutes behind this clock', ZONE],
    [HOUR_MS / 2 + 20_000, '30 minutes behind this clock', BEHIND],
    [HOUR_MS / 2 - 19_999, '29 minutes behind this clock', ZONE],
    [HOUR_MS / 2 - 20_000, '29 minutes behind this clock', BEHIND],
    [-HOUR_MS / 2 - 20_000, '30 minutes ahead of this clock', AHEAD],
    [14.5 * HOUR_MS, '14 hours behind this clock', ZONE],
    [15 * HOUR_MS, '15 hours behind this clock', BEHIND],
    [-15 * HOUR_MS, '15 hours ahead of this clock', AHEAD],
  ])('by %i ms is told in words, and with what to look for', (off, words, fix) => {
    const deviation = said(off)
    expect(deviation).toMatchObject({ code: 'clock-skew', fix: expect.stringContaining(fix) })
    expect(deviation?.summary).toBe(`if the timestamp, which is ${words}, were within the 5 minutes that are allowed`)
  })

  it('only as it is read is of another unit', () => {
    const read = (stamp: string, at: number) => freshnessDeviation(stamp, at, NOW, 300)
    expect(read(String(NOW), NOW * 1000)).toEqual({
      code: 'timestamp-unit',
      summary: 'with the timestamp read in milliseconds, which this provider is not defined for',
      fix: "Define the timestamp's unit as the vendor sends it: scheme.timestamp.unit is 's', 'ms' or 'auto'.",
    })
    expect(read(String(NOW - 300 * SECOND_MS), NOW * 1000)?.code).toBe('timestamp-unit')
    expect(read(String(NOW + 300 * SECOND_MS), NOW * 1000)?.code).toBe('timestamp-unit')
    expect(read(String(NOW - 301 * SECOND_MS), NOW * 1000)?.code).toBe('clock-skew')
    expect(read('yesterday', 0)?.code).toBe('clock-skew')
  })
})

it.each([
  [0, '0 seconds'],
  [999, '0 seconds'],
  [1000, '1 second'],
  [-1999, '1 second'],
  [59_999, '59 seconds'],
  [60_000, '1 minute'],
  [HOUR_MS - 1, '59 minutes'],
  [-HOUR_MS, '1 hour'],
  [24 * HOUR_MS - 1, '23 hours'],
  [24 * HOUR_MS, '1 day'],
  [72 * HOUR_MS, '3 days'],
])('%i ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
})
