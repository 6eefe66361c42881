import { describe, expect, it } from 'vitest'
import { momentOf } from '../src/delivery/moment.js'

const CLOCK = () => 42

describe('a moment', () => {
  it.each([
    ['', 42],
    [' ', 42],
    ['2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
    ['1769860800000', 1769860800000],
    ['1769860800', 1769860800000],
  ])('%j is %i', (text, at) => {
    expect(momentOf(text, CLOCK)).toBe(at)
  })

  it.each(['soon', '9999999999999999'])('that is none is told to be: %s', (text) => {
    expect(() => momentOf(text, CLOCK)).toThrow('The moment is no date')
  })
})
