import { describe, expect, it } from 'vitest'
import { type Contestant, joinSamples, shuffled, takeRounds } from '../src/rounds.js'

/** Takes so many milliseconds a call, and more for its first turns. */
function contestant(id: string, perCallMs: number, turns: string[] = [], slowTurns = 0): Contestant {
  let slow = slowTurns
  return {
    id,
    turn(calls) {
      turns.push(id)
      const factor = slow-- > 0 ? 100 : 1
      return calls * perCallMs * factor
    },
  }
}

/** The same, telling how many calls it was to make. */
function counting(one: Contestant, calls: number[]): Contestant {
  return {
    id: one.id,
    turn(count) {
      calls.push(count)
      return one.turn(count)
    },
  }
}

const options = { rounds: 5, turnMs: 10, warmUpRounds: 2, random: () => 0 }

describe('rounds', () => {
  it('gives nanoseconds a call for each round', async () => {
    const samples = await takeRounds([contestant('a', 0.001), contestant('b', 0.5)], options)
    expect(samples.a).toHaveLength(5)
    expect(samples.a?.every((value) => Math.abs(value - 1000) < 1)).toBe(true)
    expect(samples.b?.every((value) => Math.abs(value - 500_000) < 1)).toBe(true)
  })

  it('lets each have one turn a round', async () => {
    const turns: string[] = []
    await takeRounds([contestant('a', 20, turns), contestant('b', 20, turns)], options)
    // Both are calibrated by one turn.
    expect(turns.slice(0, 2)).toEqual(['a', 'b'])
    for (let round = 1; round <= 7; round += 1) expect(turns.slice(round * 2, round * 2 + 2).sort()).toEqual(['a', 'b'])
    expect(turns).toHaveLength(2 + 7 * 2)
  })

  it('lets those of a group have their turns next to each other', async () => {
    const turns: string[] = []
    const all = ['a1', 'b1', 'a2', 'b2'].map((id) => ({ ...contestant(id, 20, turns), group: id.slice(0, 1) }))
    await takeRounds(all, { ...options, random: Math.random })
    const rounds = turns.slice(4)
    for (let turn = 0; turn < rounds.length; turn += 2) {
      expect(rounds[turn]?.[0]).toBe(rounds[turn + 1]?.[0])
      expect(rounds[turn]).not.toBe(rounds[turn + 1])
    }
  })

  it('makes as many calls as fit, counted anew when the first of them were slow', async () => {
    const calls: number[] = []
    await takeRounds([counting(contestant('a', 0.01, [], 3), calls)], options)
    expect(calls.slice(-5)).toEqual([1000, 1000, 1000, 1000, 1000])
  })

  it('does not make fewer calls because the last turn before the rounds was held up', async () => {
    const calls: number[] = []
    let turns = 0
    // Calibrated by four turns, of 1, 4, 16 and 64 calls; the sixth is the last before the rounds.
    const heldUp = { id: 'a', turn: (count: number) => count * (++turns === 6 ? 5 : 0.05) }
    await takeRounds([counting(heldUp, calls)], options)
    expect(calls).toEqual([1, 4, 16, 64, 200, 200, 200, 200, 200, 200, 200])
  })

  it('makes one call where one takes longer than a turn', async () => {
    const calls: number[] = []
    await takeRounds([counting(contestant('a', 100), calls)], options)
    expect(new Set(calls)).toEqual(new Set([1]))
  })

  it('joins the rounds of several processes, of those that were in all', () => {
    const joined = joinSamples([
      { a: [1, 2], b: [3] },
      { b: [4], a: [5] },
      { a: [6], b: [], c: [7] },
    ])
    expect(joined).toEqual({ a: [1, 2, 5, 6], b: [3, 4] })
  })

  it('shuffles without losing any', () => {
    const items = [1, 2, 3, 4, 5]
    expect(shuffled(items, Math.random).sort()).toEqual(items)
    expect(shuffled(items, () => 0)).toEqual([2, 3, 4, 5, 1])
    expect(items).toEqual([1, 2, 3, 4, 5])
  })
})
