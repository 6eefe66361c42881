import { describe, expect, it } from 'vitest'
import { CASES, globalCommerceCase } from '../src/drill/cases.js'
import { DAY, HOUR } from '../src/drill/durations.js'
import { createRandom } from '../src/drill/random.js'
import { type Itinerary, planRotations } from '../src/drill/rotations.js'
import { planSchedule } from '../src/drill/schedule.js'

/** Itineraries of many seeds. */
function itineraries(id: string): Itinerary[] {
  const drillCase = CASES.find((candidate) => candidate.id === id) ?? globalCommerceCase('immediately')
  return Array.from({ length: 100 }, (_, seed) => planRotations(drillCase.rules, 10, createRandom(`${seed}`)))
}

describe('the schedule keeps to the rules', () => {
  it('AgilePoint: slots by turns, a day apart at least, each learned before the other changes', () => {
    for (const { rotations, until } of itineraries('agilepoint')) {
      for (const [index, rotation] of rotations.entries()) {
        const next = rotations[index + 1]
        expect(rotation.slot).toBe(index % 2 === 0 ? 'primary' : 'secondary')
        expect((next?.at ?? until) - rotation.at).toBeGreaterThanOrEqual(DAY)
        expect(rotation.learnedAt).toBeGreaterThanOrEqual(rotation.at)
        expect(rotation.learnedAt).toBeLessThan(next?.at ?? until)
      }
    }
  })

  it('Orange Logic: an hour apart at least, each learned within its hour', () => {
    for (const { rotations } of itineraries('orange-logic')) {
      for (const [index, { at, learnedAt }] of rotations.entries()) {
        expect((rotations[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(HOUR)
        expect(learnedAt - at).toBeGreaterThanOrEqual(0)
        expect(learnedAt - at).toBeLessThanOrEqual(HOUR)
      }
    }
  })

  it('Global Commerce: five unexpired secrets at most; learned in order, and within the grace where there is one', () => {
    let most = 0
    for (const { rotations } of itineraries('global-commerce')) {
      expect(rotations.some(({ graceMs }) => graceMs === 0)).toBe(true)
      for (const [index, { at, graceMs, learnedAt }] of rotations.entries()) {
        const alive = rotations.slice(0, index + 1).filter((earlier) => earlier.at + earlier.graceMs > at).length
        most = Math.max(most, alive + 1)
        expect(learnedAt).toBeGreaterThanOrEqual(Math.max(at, rotations[index - 1]?.learnedAt ?? 0))
        if (graceMs > 0) expect(learnedAt).toBeLessThanOrEqual(at + graceMs)
      }
    }
    expect(most).toBe(5)
  })

  it('Insider: staged before the swap, promoted after it, and nothing else staged meanwhile', () => {
    for (const { rotations } of itineraries('insider')) {
      for (const [index, { at, stagedAt = 0, learnedAt }] of rotations.entries()) {
        expect(stagedAt).toBeGreaterThan(rotations[index - 1]?.learnedAt ?? 0)
        expect(stagedAt).toBeLessThan(at)
        expect(at).toBeLessThan(learnedAt)
      }
    }
  })
})

it('makes exactly as many deliveries as asked for, also the fewest', () => {
  for (const drillCase of CASES) {
    for (const count of [100, 101, 777]) {
      const { deliveries, moments } = planSchedule(drillCase, 3, count, createRandom('x'))
      expect(deliveries).toHaveLength(count)
      expect(moments.reduce((sum, { arrivals }) => sum + arrivals.length, 0)).toBe(count)
    }
  }
})

it('meets the edges of each window to the millisecond', () => {
  const drillCase = CASES.find(({ id }) => id === 'orange-logic') ?? globalCommerceCase('after-grace')
  const { itinerary, deliveries } = planSchedule(drillCase, 3, 200, createRandom('x'))
  const arrivals = new Set(deliveries.filter(({ kind }) => kind === 'good').map(({ arrivesAt }) => arrivesAt))
  for (const { at, graceMs, learnedAt } of itinerary.rotations) {
    const edges = [at - 1, at, learnedAt - 1, learnedAt, at + graceMs - 1, at + graceMs, at + graceMs + 299_999]
    for (const edge of edges) expect(arrivals).toContain(edge)
  }
})
