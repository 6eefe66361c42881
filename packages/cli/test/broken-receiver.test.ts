import type * as core from '@countersign/core'
import type * as http from '@countersign/http'
import { beforeEach, expect, it, vi } from 'vitest'
import { CASES } from '../src/drill/cases.js'
import { runDrill } from '../src/drill/drill.js'
import { run } from '../src/program.js'
import { fakeTerminal } from './streams.js'

type Verifier = core.Verifier
type Options = core.VerifierOptions<unknown, never>
type Sabotage = (create: (options: Options) => Verifier, options: Options) => Verifier

const { sabotage } = vi.hoisted(() => ({ sabotage: { current: undefined as Sabotage | undefined, store: false } }))

// The receiver's verifier, broken as a test wants it. Everything else is the real thing.
vi.mock('@countersign/core', async (importOriginal) => {
  const original = await importOriginal<typeof core>()
  const createVerifier = (provider: core.Provider, options: Options) => {
    const create = (changed: Options) => original.createVerifier(provider, changed)
    return sabotage.current?.(create, options) ?? create(options)
  }
  return { ...original, createVerifier }
})

// Its store, which forgets at once what it was told.
vi.mock('@countersign/http', async (importOriginal) => {
  const original = await importOriginal<typeof http>()
  const memoryStore = (options: http.MemoryStoreOptions): core.IdempotencyStore => {
    if (!sabotage.store) return original.memoryStore(options)
    return {
      claim: async () => ({ state: 'claimed', token: 'any' }),
      extend: async () => true,
      complete: async () => true,
      release: async () => true,
    }
  }
  return { ...original, memoryStore }
})

beforeEach(() => {
  sabotage.store = false
  sabotage.current = undefined
})

/** Verdicts changed on their way out. */
const changing =
  (change: (verdict: core.Verdict) => core.Verdict): Sabotage =>
  (create, options) => {
    const verifier = create(options)
    return { ...verifier, verify: async (delivery, context) => change(await verifier.verify(delivery, context)) }
  }

/** Each of another body, so that each is a delivery of its own. */
let acceptances = 0
const accepted = () => {
  acceptances += 1
  const body = new TextEncoder().encode(String(acceptances))
  return { ok: true, keyId: 'key-1', keyState: 'active', body, event: acceptances } as unknown as core.Accepted
}
const refused: core.Rejected = { ok: false, reason: 'no-matching-key', detail: '', authenticated: false }

const drill = (...ids: string[]) =>
  runDrill({ cases: CASES.filter(({ id }) => ids.includes(id)), deliveries: 300, seed: 'broken' })

it('is sound without sabotage', async () => {
  expect((await drill('orange-logic')).ok).toBe(true)
})

it.each(CASES)('notices a receiver that accepts everything: $id', async ({ id }) => {
  sabotage.current = changing(accepted)
  const { cases, ok } = await drill(id)
  const tally = cases[0]?.tally
  expect(tally?.wronglyAccepted).toBeGreaterThanOrEqual(300 - (tally?.kinds.good ?? 300))
  expect(tally?.wronglyAccepted).toBeGreaterThan(30)
  expect(tally?.faults.length).toBe(5)
  expect(ok).toBe(false)
})

it.each(CASES)('notices a receiver that refuses everything: $id', async ({ id }) => {
  sabotage.current = changing(() => refused)
  const { cases, ok } = await drill(id)
  expect(cases[0]?.tally.wronglyRefused).toBeGreaterThan(150)
  expect(ok).toBe(false)
})

it('notices a receiver that refuses retiring keys', async () => {
  sabotage.current = changing((verdict) => (verdict.ok && verdict.keyState === 'retiring' ? refused : verdict))
  const { cases, ok } = await drill('global-commerce')
  expect(cases[0]?.tally).toMatchObject({ wronglyAccepted: 0, wronglyNamed: 0 })
  expect(cases[0]?.tally.wronglyRefused).toBeGreaterThan(20)
  expect(ok).toBe(false)
})

it.each(CASES)('notices a receiver that never learns: $id', async ({ id }) => {
  sabotage.current = (create, options) => {
    const first = (options.keys as () => core.Keyring)()
    return create({ ...options, keys: () => first })
  }
  const { cases, ok } = await drill(id)
  expect(cases[0]?.tally.wronglyAccepted).toBeGreaterThan(0)
  expect(cases[0]?.tally.wronglyRefused).toBeGreaterThan(20)
  if (cases[0]?.drillCase.rules.kind === 'swap') expect(cases[0].promotions).toEqual({ done: 0, missed: 3 })
  expect(ok).toBe(false)
})

it.each([-1, 1])('notices a clock that is off by %i ms: edges are hit to the millisecond', async (offset) => {
  sabotage.current = (create, options) => create({ ...options, now: () => (options.now?.() ?? 0) + offset })
  const { cases } = await drill('orange-logic', 'global-commerce', 'insider')
  for (const { tally } of cases)
    expect(tally.wronglyAccepted + tally.wronglyRefused + tally.wronglyNamed).toBeGreaterThan(0)
})

it('notices a right refusal for a wrong reason', async () => {
  sabotage.current = changing((verdict) => (verdict.ok ? verdict : { ...verdict, reason: 'malformed-signature' }))
  const { cases, ok } = await drill('autify')
  expect(cases[0]?.tally).toMatchObject({ wronglyAccepted: 0, wronglyRefused: 0 })
  expect(cases[0]?.tally.wronglyNamed).toBeGreaterThan(20)
  expect(ok).toBe(false)
})

it('notices a receiver that fails', async () => {
  sabotage.current = (create, options) => ({
    ...create(options),
    verify: () => Promise.reject(new Error('out of order')),
  })
  const { cases, ok } = await drill('autify')
  expect(cases[0]?.tally.refused).toMatchObject({ unexpected: 300 })
  expect(cases[0]?.tally.faults[0]?.got).toBe('503 refused, unexpected')
  expect(ok).toBe(false)
})

it('notices a receiver that handles a delivery twice', async () => {
  sabotage.store = true
  const { cases, ok } = await drill('autify')
  const tally = cases[0]?.tally
  expect(tally).toMatchObject({ wronglyAccepted: 0, wronglyRefused: 0, wronglyNamed: 0 })
  expect(tally?.wronglyHandled).toBeGreaterThan(10)
  expect(tally?.wronglyHandled).toBe(tally?.sentTwice)
  expect(tally?.faults[0]?.got).toMatch(/^200 accepted by key-\d \(\w+\), handled 2 times$/)
  expect(ok).toBe(false)
})

it('notices when the broken rule costs nothing', async () => {
  sabotage.current = changing(accepted)
  const { forced, ok } = await drill('agilepoint')
  expect(forced?.tally.lost).toBe(0)
  expect(ok).toBe(false)
})

it('exits with 1, and tells what was wrong and how to repeat it', async () => {
  sabotage.current = changing((verdict) => (verdict.ok && verdict.keyState === 'retiring' ? refused : verdict))
  const terminal = fakeTerminal()
  const code = await run(['drill', '--provider', 'global-commerce', '--deliveries', '300', '--seed', '5'], terminal)
  expect(code).toBe(1)
  expect(terminal.texts.stdout).toMatch(
    /\n✘ 300 deliveries, 3 rotations: \d+ wrongly refused, 0 wrongly accepted \(seed 5, /,
  )
  expect(terminal.texts.stdout).toMatch(
    /\n {2}Global Commerce #\d+ \(good\) (at|signed) 0 d \d\d:\d\d:\d\d\.\d{3}.*\n {4}expected: accepted by key-\d \(retiring\); got: 401 refused, no-matching-key/,
  )
})
