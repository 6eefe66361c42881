import { type Keyring, keyring, promote, revoke, rotate, secret, stage } from '@countersign/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringLife } from '../../src/keys/ring-life.js'
import { ringProvider } from '../../src/keys/ring-provider.js'
import { timeAxis } from '../../src/picture/time-axis.js'
import { DAY, HOUR, NOW } from './keys-session.js'

const ringOf = (activeFrom?: number) => keyring([{ id: 'key-1', secret: 'fake-secret-1', activeFrom }])

/** The states of each key, one after another. */
function statesOf(ring: Keyring, dueAt?: number) {
  return Object.fromEntries(
    ringLife(ring, NOW, dueAt).keys.map(({ id, stretches }) => [id, stretches.map(({ state }) => state).join(' ')]),
  )
}

describe('the life of a ring', () => {
  it('shows a key without a date as it has always been', () => {
    expect(statesOf(ringOf())).toEqual({ 'key-1': 'active' })
  })

  it('does not guess when a key was staged', () => {
    const ring = stage(ringOf(), { id: 'key-2', secret: 'fake-secret-2' })
    const [, staged] = ringLife(ring, NOW, undefined).keys
    expect(staged?.stretches).toEqual([{ state: 'staged', from: NOW, until: expect.any(Number) }])
    expect(statesOf(promote(ring, 'key-2', { now: NOW - HOUR }))).toEqual({
      'key-1': 'active retiring expired',
      'key-2': 'active',
    })
  })

  it('shows that a new secret of Global Commerce waits for the end of the grace', () => {
    const provider = ringProvider({}, 'global-commerce')
    if (provider === undefined) throw new Error('no provider')
    const at = NOW - HOUR
    const { ring } = rotate(ringOf(), provider, { secret: secret('fake-secret-2'), graceMs: 3 * HOUR, now: at })
    expect(statesOf(ring)).toEqual({ 'key-1': 'active retiring expired', 'key-2': 'staged active' })
    // It was there when the old one began to retire.
    expect(ringLife(ring, NOW, undefined).keys[1]?.stretches[0]).toEqual({
      state: 'staged',
      from: at,
      until: at + 3 * HOUR,
    })
  })

  it('ends a key with its revocation', () => {
    const ring = revoke(ringOf(NOW - DAY), 'key-1', { now: NOW - HOUR })
    expect(statesOf(ring)).toEqual({ 'key-1': 'active revoked' })
  })

  it('marks turns that are past, and the one that is due; not one that is overdue', () => {
    const ring = promote(stage(ringOf(), { id: 'key-2', secret: 'fake-secret-2' }), 'key-2', { now: NOW - DAY })
    expect(ringLife(ring, NOW, NOW + DAY)).toMatchObject({ rotatedAt: [NOW - DAY], dueAt: [NOW + DAY] })
    expect(ringLife(ring, NOW, NOW - DAY).dueAt).toEqual([])
  })

  it('has stretches that are in the frame, and follow each other without a gap', () => {
    const date = fc.option(fc.integer({ min: NOW - 500 * DAY, max: NOW + 500 * DAY }), { nil: undefined })
    const key = fc.record({ activeFrom: date, retireFrom: date, notAfter: date, revokedAt: date })
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (dates) => {
        const ring = keyring(
          dates.map((some, index) => ({ id: `key-${index}`, secret: `fake-secret-${index}`, ...some })),
        )
        const { from, until, now, keys } = ringLife(ring, NOW, undefined)
        expect(from).toBeLessThan(now as number)
        expect(until).toBeGreaterThan(now as number)
        for (const { stretches } of keys) {
          for (const [index, stretch] of stretches.entries()) {
            expect(stretch.from).toBeGreaterThanOrEqual(from)
            expect(stretch.until).toBe(stretches[index + 1]?.from ?? until)
          }
        }
      }),
    )
  })
})

describe('an axis around now', () => {
  it.each([
    [26 * HOUR, 2 * HOUR],
    [70 * DAY, 52 * DAY],
    [2 * HOUR, HOUR],
    [500 * DAY, 400 * DAY],
    [9000 * DAY, 8000 * DAY],
  ])('of %i ms, %i of them past, has its mark at now', (span, past) => {
    const [ruler, labels] = timeAxis(span, 67, past)
    expect(ruler).toHaveLength(67)
    expect(ruler.indexOf('▲')).toBe(Math.floor((past / span) * 67))
    expect(labels.indexOf('now')).toBe(ruler.indexOf('▲'))
  })
})
