import { describe, expect, it } from 'vitest'
import { quantile, ratios, summarise } from '../src/statistics.js'

describe('statistics', () => {
  it('takes quantiles between two values, in whatever order they come', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(summarise([10, 50, 20, 40, 30])).toEqual({ median: 30, lower: 20, upper: 40 })
    expect(() => quantile([], 0.5)).toThrow('no values')
  })

  it('sets each round beside the same round of the other, so that what slows both cancels out', () => {
    expect(ratios([2, 20, 3], [4, 40, 6])).toEqual([0.5, 0.5, 0.5])
    expect(() => ratios([1], [1, 2])).toThrow('of different rounds')
  })
})
