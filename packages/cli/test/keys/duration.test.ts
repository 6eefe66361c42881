import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/keys/duration.js'

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', '1', '-1h', '1.5h', '1 h', 'h', '1w', '1H', '1h30m', '1e3s', '1234567s', '１h'])(
    '%j is none',
    (text) => {
      expect(() => parseDuration(text)).toThrow('Write a number and its unit')
    },
  )

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom('s', 'm', 'h', 'd'), (number, unit) => {
        const ms = parseDuration(`${number}${unit}`)
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })
})
