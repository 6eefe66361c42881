import { InvalidArgumentError } from 'commander'
import { expect, it } from 'vitest'
import { parseTime } from '../src/time-option.js'

it.each([
  ['2026-01-01T00:00:00Z', 1767225600000],
  ['2026-01-01T01:00:00.250+01:00', 1767225600250],
  ['1767225600000', 1767225600000],
])('%s', (text, time) => {
  expect(parseTime(text)).toBe(time)
})

it.each(['now', '', '2026-01-01', '2026-01-01T00:00:00', '1767225600', '-1767225600000', '2026-02-30T00:00:00Z'])(
  'not %j',
  (text) => {
    expect(() => parseTime(text)).toThrow(InvalidArgumentError)
  },
)
