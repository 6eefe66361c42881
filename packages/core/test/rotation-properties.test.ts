import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createVerifier,
  type Keyring,
  keyring,
  type Provider,
  promote,
  prune,
  rotate,
  sign,
  stage,
} from '../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor } from './vendors.js'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)
/** A delivery may be under way for as long as this. */
const UNDER_WAY = 300_000
const body = '{"event":"paid"}'

/** A vendor's ring and a receiver's, and the moments at which either changes. */
interface Step {
  readonly at: number
  readonly vendor?: (ring: Keyring) => Keyring
  readonly receiver?: (ring: Keyring) => Keyring
}

/** Around each change: the millisecond before, the moment itself, and the one after; and each end of `windows`. */
function momentsOf(steps: readonly Step[], windows: readonly number[]): number[] {
  return [...new Set([...steps.map(({ at }) => at), ...windows].flatMap((at) => [at - 1, at, at + 1]))]
    .filter((at) => at >= START)
    .sort((one, other) => one - other)
}

/**
 * Lets both live through the steps, and at each moment has the vendor sign; the delivery arrives at once, and once more
 * as late as it may.
 */
async function expectNothingRefused(
  provider: Provider<unknown, string>,
  first: Keyring,
  steps: readonly Step[],
  windows: readonly number[],
): Promise<void> {
  const rings = (who: 'vendor' | 'receiver', now: number) =>
    steps.reduce((ring, step) => (step.at <= now ? (step[who]?.(ring) ?? ring) : ring), first)
  for (const sentAt of momentsOf(steps, windows)) {
    const headers = await sign(provider, rings('vendor', sentAt), body, { now: sentAt })
    for (const arrivesAt of [sentAt, sentAt + UNDER_WAY]) {
      const keys = rings('receiver', arrivesAt)
      const verdict = await createVerifier(provider, { keys, now: () => arrivesAt }).verify({ headers, body })
      const told = verdict.ok ? 'ok' : `${verdict.reason}: ${verdict.detail}`
      expect(`sent ${sentAt - START}, arrived ${arrivesAt - START}: ${told}`).toMatch(/: ok$/)
    }
  }
}

const fraction = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))
const anyTurns = fc.array(
  fc.record({ pause: fc.integer({ min: 0, max: 30 * HOUR }), late: fraction, grace: fc.nat(9) }),
  {
    minLength: 1,
    maxLength: 4,
  },
)
const one = keyring([{ id: 'key-1', secret: 'the-very-first-secret' }])
let count = 0
const freshSecret = () => `a-fresh-secret-number-${++count}`

describe('no delivery is wrongly refused, whatever sequence of rotations the policy allows', () => {
  test.each([
    ['overlap', listVendor(policies.overlap), [HOUR, 2 * HOUR, 5]],
    ['expiring, activates after the grace', listVendor(policies.afterGrace), [HOUR, 3 * HOUR]],
    ['expiring, activates immediately', listVendor(policies.immediately), [HOUR, 3 * HOUR]],
  ])('%s: the receiver learns within the grace', async (_, provider, graces) => {
    await fc.assert(
      fc.asyncProperty(anyTurns, async (turns) => {
        const steps: Step[] = []
        const windows: number[] = []
        let at = START
        for (const { pause, late, grace } of turns) {
          at += pause + 1
          const graceMs = graces[grace % graces.length] as number
          const learnedAt = at + Math.floor(late * graceMs)
          const options = { secret: freshSecret(), graceMs, now: at }
          const turn = (ring: Keyring) => rotate(prune(ring, options.now), provider, options).ring
          steps.push({ at, vendor: turn }, { at: learnedAt, receiver: turn })
          windows.push(at + graceMs, at + graceMs + UNDER_WAY)
          at = Math.max(at + graceMs, learnedAt)
        }
        await expectNothingRefused(provider, one, steps, windows)
      }),
      { numRuns: 40 },
    )
  })

  test('slots: the receiver learns before the other slot changes', async () => {
    const provider = slottedVendor()
    const both = keyring([
      { id: 'primary', slot: 'primary', secret: 'the-primary-secret' },
      { id: 'secondary', slot: 'secondary', secret: 'the-secondary-secret' },
    ])
    await fc.assert(
      fc.asyncProperty(anyTurns, async (turns) => {
        const steps: Step[] = []
        const windows: number[] = []
        let at = START
        for (const [index, { pause, late }] of turns.entries()) {
          const slot = index % 2 === 0 ? 'primary' : 'secondary'
          const next = at + 24 * HOUR + pause
          const options = { slot, secret: freshSecret(), now: at }
          const turn = (ring: Keyring) => rotate(prune(ring, options.now), provider, options).ring
          // "Before": at the very moment that the other slot changes it is too late.
          const learnedAt = Math.min(at + Math.floor(late * (next - at)), next - 1)
          steps.push({ at, vendor: turn }, { at: learnedAt, receiver: turn })
          windows.push(at + UNDER_WAY, next)
          at = next
        }
        await expectNothingRefused(provider, both, steps, windows)
      }),
      { numRuns: 40 },
    )
  })

  test('swap: the receiver stages before, and promotes after', async () => {
    const provider = plainVendor()
    await fc.assert(
      fc.asyncProperty(anyTurns, async (turns) => {
        const steps: Step[] = []
        const windows: number[] = []
        let at = START
        for (const { pause, late } of turns) {
          const secret = freshSecret()
          const id = `staged-${count}`
          const stagedAt = at + 1
          const swappedAt = stagedAt + Math.floor(late * pause)
          const promotedAt = swappedAt + Math.floor(late * HOUR)
          steps.push(
            { at: stagedAt, receiver: (ring) => stage(prune(ring, stagedAt), { id, secret }) },
            {
              at: swappedAt,
              vendor: (ring) => rotate(prune(ring, swappedAt), provider, { id, secret, now: swappedAt }).ring,
            },
            { at: promotedAt, receiver: (ring) => promote(ring, id, { now: promotedAt, graceMs: UNDER_WAY + 1 }) },
          )
          windows.push(promotedAt + UNDER_WAY)
          at = promotedAt
        }
        await expectNothingRefused(provider, one, steps, windows)
      }),
      { numRuns: 40 },
    )
  })
})

describe('and the test can fail', () => {
  const provider = listVendor(policies.overlap)
  const options = { secret: 'the-next-secret', now: START + HOUR }
  const turn = (ring: Keyring) => rotate(ring, provider, options).ring

  test('where the receiver learns a millisecond after the grace', async () => {
    const steps = (lateMs: number) => [
      { at: options.now, vendor: turn },
      { at: options.now + HOUR + lateMs, receiver: turn },
    ]
    await expectNothingRefused(provider, one, steps(0), [])
    await expect(expectNothingRefused(provider, one, steps(1), [options.now + HOUR])).rejects.toThrow('sent 7200000')
  })
})

test('an old key ends when the vendor’s grace and what is under way are over, to the millisecond', async () => {
  const provider = listVendor(policies.overlap)
  const { ring } = rotate(one, provider, { now: START })
  const headers = await sign(provider, one, body, { now: START })
  const at = (now: number) => createVerifier(provider, { keys: ring, now: () => now }).verify({ headers, body })
  expect(await at(START + HOUR + UNDER_WAY - 1)).toMatchObject({ ok: true, keyState: 'retiring' })
  expect(await at(START + HOUR + UNDER_WAY)).toMatchObject({ ok: false, reason: 'key-expired' })
})
