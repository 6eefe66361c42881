import { autify } from '@countersign/autify'
import { CountersignError } from '@countersign/core'
import { orangeLogic } from '@countersign/orange-logic'
import { describe, expect, it } from 'vitest'
import { act, newLife, ringAt } from '../src/rotation/life.js'
import { keyLives } from '../src/rotation/stretches.js'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)

/** A life in hours after its beginning, as text. */
function told(life: ReturnType<typeof newLife>, hours: number) {
  return keyLives(life, START, START + hours * HOUR).map(
    ({ id, stretches }) =>
      `${id}: ${stretches.map(({ state, from, until }) => `${state} ${(from - START) / HOUR}-${(until - START) / HOUR}`).join(', ')}`,
  )
}

describe('a life', () => {
  it('is drawn by the states of its keys: an overlap of an hour, and five minutes for what is under way', () => {
    const life = act(newLife(orangeLogic(), START), orangeLogic(), { kind: 'rotate', options: {} }, START + 2 * HOUR)
    expect(told(life, 6)).toEqual([
      `key-1: active 0-2, retiring 2-${3 + 5 / 60}, expired ${3 + 5 / 60}-6`,
      'key-2: active 2-6',
    ])
  })

  it('knows a key from when it was staged, and not before', () => {
    const provider = autify()
    const staged = act(newLife(provider, START), provider, { kind: 'stage' }, START + HOUR)
    expect(told(staged, 5)).toEqual(['key-1: active 0-5', 'key-2: staged 1-5'])
    const promoted = act(staged, provider, { kind: 'promote', id: 'key-2', graceMs: HOUR }, START + 2 * HOUR)
    expect(told(promoted, 5)).toEqual(['key-1: active 0-2, retiring 2-3, expired 3-5', 'key-2: staged 1-2, active 2-5'])
  })

  it('drops what came later when something is done before it', () => {
    const provider = autify()
    const late = act(newLife(provider, START), provider, { kind: 'rotate', options: {} }, START + 4 * HOUR)
    const life = act(late, provider, { kind: 'revoke', id: 'key-1' }, START + HOUR)
    expect(told(life, 5)).toEqual(['key-1: active 0-1, revoked 1-5'])
    expect(ringAt(life, START + HOUR - 1).describe(START + HOUR - 1)[0]?.state).toBe('active')
  })

  it("is not changed by what the vendor's rules forbid", () => {
    const provider = orangeLogic()
    const life = act(newLife(provider, START), provider, { kind: 'rotate', options: {} }, START)
    const again = () => act(life, provider, { kind: 'rotate', options: {} }, START + 60_000)
    expect(again).toThrow(expect.objectContaining({ code: 'rotation-in-progress' }))
    expect(again).toThrow(CountersignError)
    expect(told(life, 1)).toHaveLength(2)
  })
})
