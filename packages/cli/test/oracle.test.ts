import { describe, expect, it } from 'vitest'
import type { Rules } from '../src/drill/cases.js'
import type { Draft } from '../src/drill/delivery.js'
import { livesOf } from '../src/drill/key-lives.js'
import { expectationOf } from '../src/drill/oracle.js'
import type { Rotation } from '../src/drill/rotations.js'

const S = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A rotation at 0, learned ten minutes later. */
const ROTATION: Rotation = {
  at: 0,
  oldKey: 'old',
  newKey: 'new',
  graceMs: HOUR,
  learnedAt: 600 * S,
  isSudden: false,
}
const OVERLAP: Rules = { kind: 'overlap', graceMs: HOUR }
const EXPIRING: Rules = { kind: 'expiring', max: 5, gracesMs: [HOUR], newSigns: 'after-grace' }
const SWAP: Rules = { kind: 'swap', gracesMs: [HOUR] }

function expectationFor(rules: Rules, rotations: readonly Rotation[], draft: Partial<Draft>, prunedAt: number[] = []) {
  const firstKeys = rotations.map(({ oldKey, slot }) => ({ id: oldKey, ...(slot !== undefined && { slot }) }))
  const lives = livesOf(rules, { from: -DAY, until: 9 * DAY, firstKeys, rotations }, prunedAt)
  const delivery = { number: 1, kind: 'good' as const, signedAt: 0, arrivesAt: 0, ...draft }
  return expectationOf(delivery, lives, rules.kind === 'expiring')
}

const at = (moment: number): Partial<Draft> => ({ signedAt: moment, arrivesAt: moment })
const accept = (state: string, ...keys: string[]) => ({ accept: true, state, keys })
const refuse = (reason: string, lost = false) => ({ accept: false, reason, lost })

describe('overlap', () => {
  const expected = (draft: Partial<Draft>, prunedAt?: number[]) => expectationFor(OVERLAP, [ROTATION], draft, prunedAt)

  it('accepts by the old key until the receiver learns of the new one', () => {
    expect(expected(at(-1))).toEqual(accept('active', 'old'))
    expect(expected(at(600 * S - 1))).toEqual(accept('active', 'old'))
    expect(expected(at(600 * S))).toEqual(accept('active', 'new'))
  })

  it('accepts what is under way with the old key, as long as it may be', () => {
    expect(expected({ signedAt: -1, arrivesAt: 600 * S })).toEqual(accept('retiring', 'old'))
    expect(expected({ signedAt: HOUR - 1, arrivesAt: HOUR + 300 * S - 1 })).toEqual(accept('active', 'new'))
  })

  it('names an ended key for a day, unless it was pruned', () => {
    const end = HOUR + 300 * S
    const stolen = (moment: number): Partial<Draft> => ({ ...at(moment), kind: 'expired-key', key: 'old' })
    expect(expected(stolen(end))).toEqual(refuse('key-expired'))
    expect(expected(stolen(end + DAY))).toEqual(refuse('key-expired'))
    expect(expected(stolen(end + DAY + 1))).toEqual(refuse('no-matching-key'))
    expect(expected(stolen(end + HOUR), [end + HOUR])).toEqual(refuse('no-matching-key'))
  })
})

describe('expiring', () => {
  it('accepts by the old secret throughout the grace, by the new one afterwards', () => {
    expect(expectationFor(EXPIRING, [ROTATION], at(600 * S))).toEqual(accept('retiring', 'old'))
    expect(expectationFor(EXPIRING, [ROTATION], at(HOUR))).toEqual(accept('active', 'new'))
  })

  it('excuses what grace 0 costs, and nothing else', () => {
    const cut: Rotation = { ...ROTATION, graceMs: 0, isSudden: true }
    expect(expectationFor(EXPIRING, [cut], at(-1))).toEqual(accept('active', 'old'))
    expect(expectationFor(EXPIRING, [cut], at(0))).toEqual(refuse('no-matching-key', true))
    expect(expectationFor(EXPIRING, [cut], { signedAt: -1, arrivesAt: 1 })).toEqual(accept('active', 'old'))
    expect(expectationFor(EXPIRING, [{ ...cut, learnedAt: S }], { signedAt: -1, arrivesAt: S })).toEqual(
      refuse('key-expired', true),
    )
    expect(expectationFor(EXPIRING, [cut], at(600 * S))).toEqual(accept('active', 'new'))
  })

  it('calls a replay too old while its key lives, and by its key afterwards', () => {
    const replay = (arrivesAt: number): Partial<Draft> => ({ kind: 'replayed', signedAt: -1, arrivesAt })
    expect(expectationFor(EXPIRING, [ROTATION], replay(300 * S))).toEqual(refuse('too-old'))
    expect(expectationFor(EXPIRING, [ROTATION], replay(HOUR + 300 * S))).toEqual(refuse('key-expired'))
  })

  it('demands acceptance where a receiver is late without an excuse', () => {
    const late: Rotation = { ...ROTATION, learnedAt: 2 * HOUR }
    expect(expectationFor(EXPIRING, [late], at(HOUR))).toEqual({ accept: true, state: undefined, keys: [] })
  })
})

describe('swap', () => {
  it('accepts by the staged key until it is promoted, and by the old one while it retires', () => {
    const swap: Rotation = { ...ROTATION, stagedAt: -HOUR }
    expect(expectationFor(SWAP, [swap], at(-1))).toEqual(accept('active', 'old'))
    expect(expectationFor(SWAP, [swap], at(0))).toEqual(accept('staged', 'new'))
    expect(expectationFor(SWAP, [swap], at(600 * S))).toEqual(accept('active', 'new'))
    expect(expectationFor(SWAP, [swap], { signedAt: -1, arrivesAt: 600 * S })).toEqual(accept('retiring', 'old'))
  })
})

describe('both slots at once', () => {
  it('loses everything from the rotation until the receiver learns', () => {
    const rotations = ['primary', 'secondary'].map((slot): Rotation => {
      return { ...ROTATION, oldKey: `${slot}-1`, newKey: `${slot}-2`, slot, graceMs: 0, isSudden: true }
    })
    const rules: Rules = { kind: 'slots-at-once', slots: ['primary', 'secondary'] }
    expect(expectationFor(rules, rotations, at(-1))).toEqual(accept('active', 'primary-1', 'secondary-1'))
    expect(expectationFor(rules, rotations, at(0))).toEqual(refuse('no-matching-key', true))
    expect(expectationFor(rules, rotations, at(600 * S))).toEqual(accept('active', 'primary-2', 'secondary-2'))
  })
})

it.each(['forged', 'tampered', 'other-slot'] as const)('knows no key for what is %s', (kind) => {
  expect(expectationFor(OVERLAP, [ROTATION], { ...at(0), kind })).toEqual(refuse('no-matching-key'))
})
