import { describe, expect, it } from 'vitest'
import { CASES, globalCommerceCase } from '../src/drill/cases.js'
import { type DrillOptions, type DrillResult, type Progress, runDrill } from '../src/drill/drill.js'
import { wrongIn } from '../src/drill/tally.js'

const small = (options: Partial<DrillOptions> = {}) =>
  runDrill({ cases: CASES, deliveries: 200, seed: 'a seed', ...options })

/** All that must not depend on the machine. */
const countsOf = ({ cases, forced }: DrillResult) =>
  [...cases, ...(forced ? [forced] : [])].map(({ drillCase, ...rest }) => ({ id: drillCase.id, ...rest }))

describe('a drill of a sound receiver', () => {
  it.each([...CASES, globalCommerceCase('immediately')])('answers everything right: $id', async (drillCase) => {
    for (const seed of ['1', '2', '3']) {
      const { cases, ok } = await small({ cases: [drillCase], seed, deliveries: 400 })
      const [result] = cases
      expect(result?.tally.faults).toEqual([])
      expect(result?.tally.sent).toBe(400)
      expect(ok).toBe(true)
    }
  })

  it('sends every kind of hostile delivery, and every key state has its accepted ones', async () => {
    const { cases } = await small({ deliveries: 1000 })
    const total = (of: (result: (typeof cases)[number]) => number) => cases.reduce((sum, result) => sum + of(result), 0)
    for (const kind of ['forged', 'tampered', 'replayed', 'expired-key', 'other-slot'] as const) {
      expect(total(({ tally }) => tally.kinds[kind])).toBeGreaterThan(10)
    }
    for (const state of ['staged', 'active', 'retiring'] as const) {
      expect(total(({ tally }) => tally.accepted[state])).toBeGreaterThan(10)
    }
    for (const reason of ['no-matching-key', 'key-expired', 'too-old']) {
      expect(total(({ tally }) => tally.refused[reason] ?? 0)).toBeGreaterThan(10)
    }
  })

  it('adds up: what is sent is accepted, refused or lost', async () => {
    const { cases } = await small()
    for (const { tally } of cases) {
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)
      expect(sum(tally.accepted) + sum(tally.refused) + tally.lost).toBe(tally.sent)
      expect(sum(tally.kinds)).toBe(tally.sent)
    }
  })

  it('loses deliveries only where a secret of Global Commerce ends without grace', async () => {
    const { cases } = await small()
    for (const { drillCase, tally } of cases) {
      if (drillCase.id === 'global-commerce') expect(tally.lost).toBeGreaterThan(0)
      else expect(tally.lost).toBe(0)
    }
  })

  it('promotes each staged key on the word of the observer', async () => {
    const { cases } = await small({ cases: CASES.filter(({ rules }) => rules.kind === 'swap') })
    for (const { promotions } of cases) expect(promotions).toEqual({ done: 3, missed: 0 })
  })
})

describe('the rule broken by force', () => {
  it('loses deliveries, answers everything else right, and is no failure', async () => {
    const { forced, ok } = await small({ cases: CASES.filter(({ id }) => id === 'agilepoint') })
    expect(forced?.tally.lost).toBeGreaterThan(10)
    expect(forced && wrongIn(forced.tally)).toBe(0)
    expect(ok).toBe(true)
  })

  it('is left out without AgilePoint', async () => {
    const { forced } = await small({ cases: CASES.filter(({ id }) => id === 'autify') })
    expect(forced).toBeUndefined()
  })
})

describe('a seed', () => {
  it('repeats the drill to the last count', async () => {
    const [one, other] = [await small(), await small()]
    expect(countsOf(one)).toEqual(countsOf(other))
  })

  it('gives a vendor the same drill whether others take part or not', async () => {
    const [all, alone] = [await small(), await small({ cases: CASES.filter(({ id }) => id === 'insider') })]
    expect(countsOf(all)).toContainEqual(countsOf(alone)[0])
  })

  it('makes another drill of another seed', async () => {
    const [one, other] = [await small(), await small({ seed: 'another seed' })]
    expect(countsOf(one)).not.toEqual(countsOf(other))
  })
})

it('tells how far it is', async () => {
  const seen: Progress[] = []
  await small({ cases: CASES.slice(0, 2), onProgress: (progress) => seen.push(progress) })
  const done = seen.map((progress) => progress.done)
  expect(done).toEqual([...done].sort((one, other) => one - other))
  expect(seen.at(-1)).toMatchObject({ done: 500, total: 500 })
})
