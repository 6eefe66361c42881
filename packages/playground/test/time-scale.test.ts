import { describe, expect, it } from 'vitest'
import { elapsedText, momentAt, percentOf, stepOf, ticks } from '../src/rotation/time-scale.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1)
const day = { from: START, until: START + DAY }

describe('the axis of time', () => {
  it.each([
    [START, 0],
    [START + 6 * HOUR, 25],
    [START + DAY, 100],
    [START - HOUR, 0],
    [START + 2 * DAY, 100],
  ])('has its moments between its ends', (moment, percent) => {
    expect(percentOf(moment, day)).toBe(percent)
  })

  it('finds the moment under the pointer, on a step', () => {
    expect(momentAt(0.5, day, HOUR)).toBe(START + 12 * HOUR)
    expect(momentAt(0.51, day, HOUR)).toBe(START + 12 * HOUR)
    expect(momentAt(-1, day, HOUR)).toBe(START)
    expect(momentAt(2, day, HOUR)).toBe(START + DAY)
  })

  it.each([
    [6 * HOUR, 2 * 60_000],
    [3 * DAY, 15 * 60_000],
    [60 * DAY, 6 * HOUR],
  ])('goes in steps that read well', (span, step) => {
    expect(stepOf({ from: START, until: START + span })).toBe(step)
  })

  it.each([
    [6 * HOUR, ['0', '1 h', '2 h', '3 h', '4 h', '5 h', '6 h']],
    [3 * DAY, ['0', '12 h', '24 h', '36 h', '48 h', '60 h', '72 h']],
    [60 * DAY, ['0', '10 d', '20 d', '30 d', '40 d', '50 d', '60 d']],
  ])('has few ticks', (span, labels) => {
    expect(ticks({ from: START, until: START + span }, 6).map(({ label }) => label)).toEqual(labels)
  })

  it.each([
    [0, '0 min'],
    [5 * 60_000, '5 min'],
    [HOUR, '1 h'],
    [1.5 * HOUR, '1 h 30 min'],
    [DAY + 4 * HOUR + 60_000, '1 d 4 h'],
  ])('tells a span of %i ms', (ms, text) => {
    expect(elapsedText(ms)).toBe(text)
  })
})
