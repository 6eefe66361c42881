import { describe, expect, test } from 'vitest'
import {
  type Keyring,
  keyring,
  nextRotation,
  type Provider,
  promote,
  type RotateOptions,
  reveal,
  rotate,
  sign,
  stage,
} from '../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor } from './vendors.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const T = Date.UTC(2026, 0, 1)
/** How long a delivery may be under way: what a receiver adds to the vendor's grace. */
const UNDER_WAY = 5 * MINUTE

function states(ring: Keyring, now: number): string {
  return ring
    .describe(now)
    .map(({ id, state }) => `${id} ${state}`)
    .join(', ')
}

function expectCode(run: () => unknown, code: string): void {
  expect(run).toThrowError(expect.objectContaining({ code }))
}

describe('overlap', () => {
  const provider = listVendor(policies.overlap)
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  const { ring, key } = rotate(first, provider, { secret: 'the-second-secret', now: T })

  test('the old key verifies until the grace and the deliveries under way are over', () => {
    expect(key.id).toBe('key-2')
    expect(states(ring, T - 1)).toBe('key-1 active, key-2 staged')
    expect(states(ring, T)).toBe('key-1 retiring, key-2 active')
    expect(states(ring, T + HOUR + UNDER_WAY - 1)).toBe('key-1 retiring, key-2 active')
    expect(states(ring, T + HOUR + UNDER_WAY)).toBe('key-1 expired, key-2 active')
    expect(first.keys).toHaveLength(1)
  })
  test('both sign during the grace, and the new one alone afterwards', async () => {
    const count = async (now: number) =>
      (await sign(provider, ring, 'body', { now }))['X-Acme-Signature']?.split(' ').length
    expect(await count(T - 1)).toBe(1)
    expect(await count(T)).toBe(2)
    expect(await count(T + HOUR - 1)).toBe(2)
    expect(await count(T + HOUR)).toBe(1)
  })
  test('a second rotation inside the grace is refused, unless forced', () => {
    expectCode(() => rotate(ring, provider, { now: T + HOUR - 1 }), 'rotation-in-progress')
    expect(states(rotate(ring, provider, { now: T + HOUR }).ring, T + HOUR)).toBe(
      'key-1 retiring, key-2 retiring, key-3 active',
    )
    expect(states(rotate(ring, provider, { now: T + 1, force: true }).ring, T + 1)).toBe(
      'key-1 retiring, key-2 retiring, key-3 active',
    )
    expect(nextRotation(ring, provider, T + 1)).toEqual({ at: T + HOUR })
    expect(nextRotation(ring, provider, T + 2 * HOUR)).toEqual({ at: T + 2 * HOUR })
  })
  test('without a grace the old key ends at once', () => {
    const abrupt = rotate(first, provider, { now: T, graceMs: 0 }).ring
    expect(states(abrupt, T)).toBe('key-1 expired, key-2 active')
    expect(states(rotate(abrupt, provider, { now: T, graceMs: 0 }).ring, T)).toBe(
      'key-1 expired, key-2 expired, key-3 active',
    )
  })
  test.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('a grace of %d is refused', (graceMs) => {
    expectCode(() => rotate(first, provider, { graceMs }), 'grace-not-allowed')
  })
  test('a key that was to end sooner still does', () => {
    const dated = keyring([{ id: 'key-1', secret: 'the-first-secret', notAfter: T + 5 }])
    expect(rotate(dated, provider, { now: T }).ring.keys[0]?.notAfter).toBe(T + 5)
  })
})

describe('expiring', () => {
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  const afterGrace = listVendor(policies.afterGrace)
  const immediately = listVendor(policies.immediately)
  const at = (provider: Provider, options: RotateOptions = {}) =>
    rotate(first, provider, { now: T, graceMs: HOUR, ...options }).ring

  test('the new key activates after the grace, or immediately', () => {
    expect(states(at(afterGrace), T)).toBe('key-1 retiring, key-2 staged')
    expect(states(at(afterGrace), T + HOUR)).toBe('key-1 retiring, key-2 active')
    expect(states(at(immediately), T)).toBe('key-1 retiring, key-2 active')
    expect(states(at(immediately), T + HOUR + UNDER_WAY)).toBe('key-1 expired, key-2 active')
  })
  test('the active secrets sign', async () => {
    const keys = async (provider: Provider, now: number) => {
      const ring = at(provider, { secret: 'the-second-secret' })
      const header = (await sign(provider, ring, 'body', { now }))['X-Acme-Signature']
      const only = await Promise.all(
        ring.keys.map(async ({ secret }) => (await sign(provider, secret, 'body'))['X-Acme-Signature']),
      )
      return header?.split(' ').map((digest) => `key-${only.indexOf(digest) + 1}`)
    }
    expect(await keys(afterGrace, T + HOUR - 1)).toEqual(['key-1'])
    expect(await keys(afterGrace, T + HOUR)).toEqual(['key-2'])
    expect(await keys(immediately, T)).toEqual(['key-1', 'key-2'])
    expect(await keys(immediately, T + HOUR - 1)).toEqual(['key-1', 'key-2'])
    expect(await keys(immediately, T + HOUR)).toEqual(['key-2'])
  })
  test('only the vendor’s graces; unsaid, the longest', () => {
    expectCode(() => at(afterGrace, { graceMs: 2 * HOUR }), 'grace-not-allowed')
    expect(at(afterGrace, { graceMs: undefined }).keys[0]?.notAfter).toBe(T + 3 * HOUR + UNDER_WAY)
    expect(states(at(afterGrace, { graceMs: 0 }), T)).toBe('key-1 expired, key-2 active')
  })
  test('five unexpired secrets, and no sixth', () => {
    let ring = first
    for (let turn = 0; turn < 4; turn++) ring = rotate(ring, immediately, { now: T + turn, graceMs: HOUR }).ring
    expect(ring.keys).toHaveLength(5)
    expectCode(() => rotate(ring, immediately, { now: T + 4, graceMs: HOUR }), 'too-many-keys')
    expectCode(() => rotate(ring, immediately, { now: T + 4, graceMs: HOUR, force: true }), 'too-many-keys')
    expect(nextRotation(ring, immediately, T + 4)).toEqual({ at: T + HOUR })
    expectCode(() => rotate(ring, immediately, { now: T + HOUR - 1, graceMs: HOUR }), 'too-many-keys')
    expect(rotate(ring, immediately, { now: T + HOUR, graceMs: HOUR }).key.id).toBe('key-6')
    expect(rotate(ring, immediately, { now: T + 4, graceMs: 0 }).ring.usable(T + 4)).toHaveLength(4 + 1)
  })
  test('a secret that waits for its grace is on its way out once another comes', async () => {
    const second = rotate(at(afterGrace), afterGrace, { now: T + MINUTE, graceMs: 3 * HOUR }).ring
    expect(states(second, T + MINUTE)).toBe('key-1 retiring, key-2 retiring, key-3 staged')
    for (const now of [T, T + HOUR - 1, T + HOUR, T + 3 * HOUR + MINUTE - 1, T + 3 * HOUR + MINUTE, T + DAY]) {
      expect((await sign(afterGrace, second, 'body', { now }))['X-Acme-Signature']?.split(' ')).toHaveLength(1)
    }
  })
})

describe('slots', () => {
  const provider = slottedVendor()
  const undated = keyring([
    { id: 'primary', slot: 'primary', secret: 'the-first-secret' },
    { id: 'secondary', slot: 'secondary', secret: 'the-second-secret' },
  ])
  const { ring, key } = rotate(undated, provider, { slot: 'primary', secret: 'the-third-secret', now: T })

  test('one slot changes, the other stays', () => {
    expect(key).toMatchObject({ id: 'primary-2', slot: 'primary' })
    expect(states(ring, T)).toBe('primary retiring, secondary active, primary-2 active')
    expect(states(ring, T + UNDER_WAY)).toBe('primary expired, secondary active, primary-2 active')
  })
  test('the other slot is guarded for a day', () => {
    const other = { slot: 'secondary', secret: 'the-fourth-secret' }
    expectCode(() => rotate(ring, provider, { ...other, now: T + DAY - 1 }), 'other-slot-too-recent')
    expect(rotate(ring, provider, { ...other, now: T + DAY }).key.id).toBe('secondary-2')
    expect(rotate(ring, provider, { ...other, now: T + 1, force: true }).key.id).toBe('secondary-2')
    expect(rotate(ring, provider, { slot: 'primary', now: T + 1 }).key.id).toBe('primary-3')
  })
  test('undated slots pass the guard', () => {
    expect(rotate(undated, provider, { slot: 'secondary', now: T }).key.id).toBe('secondary-2')
  })
  test('the slot must be said, and be one', () => {
    expectCode(() => rotate(undated, provider, {}), 'slot-required')
    expectCode(() => rotate(undated, provider, { slot: 'tertiary' }), 'slot-required')
    expectCode(() => rotate(undated, provider, { slot: 'primary', graceMs: HOUR }), 'grace-not-allowed')
    expect(states(rotate(undated, provider, { slot: 'primary', graceMs: 0, now: T }).ring, T)).toMatch(
      /^primary expired/,
    )
  })
  test('both sign, each for its slot', async () => {
    expect(Object.keys(await sign(provider, ring, 'body', { now: T }))).toEqual(['X-Acme-primary', 'X-Acme-secondary'])
  })
  test('the slots are due by turns, one period apart', () => {
    expect(nextRotation(undated, provider, T)).toEqual({ slot: 'primary', at: T })
    expect(nextRotation(ring, provider, T + DAY)).toEqual({ slot: 'secondary', at: T + 30 * DAY })
    const both = rotate(ring, provider, { slot: 'secondary', now: T + 31 * DAY }).ring
    expect(nextRotation(both, provider, T + 40 * DAY)).toEqual({ slot: 'primary', at: T + 61 * DAY })
  })
})

describe('swap, staging and promoting', () => {
  const provider = plainVendor()
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  const staged = stage(first, { id: 'key-2', secret: 'the-second-secret' })

  test('a staged key verifies and never signs', async () => {
    expect(states(staged, T)).toBe('key-1 active, key-2 staged')
    expect(staged.describe(T)[1]?.until).toBeUndefined()
    expect(staged.usable(T).map(({ id }) => id)).toEqual(['key-2', 'key-1'])
    expect(await sign(provider, staged, 'body')).toEqual(await sign(provider, 'the-first-secret', 'body'))
  })
  test('promoted, it signs, and the old one retires for a grace of one’s own', async () => {
    const promoted = promote(staged, 'key-2', { now: T, graceMs: HOUR })
    expect(states(promoted, T)).toBe('key-1 retiring, key-2 active')
    expect(states(promoted, T + HOUR)).toBe('key-1 expired, key-2 active')
    expect(await sign(provider, promoted, 'body', { now: T })).toEqual(
      await sign(provider, 'the-second-secret', 'body'),
    )
    expect(promote(staged, 'key-2', { now: T }).keys[0]?.notAfter).toBe(T + DAY)
    expect(states(promote(staged, 'key-2', { now: T, graceMs: 0 }), T)).toBe('key-1 expired, key-2 active')
  })
  test('only a staged key is promoted', () => {
    expectCode(() => promote(staged, 'key-1'), 'key-not-staged')
    expectCode(() => promote(staged, 'key-9'), 'key-unknown')
    expectCode(() => promote(staged, 'key-2', { graceMs: -1 }), 'grace-not-allowed')
  })
  test('promotion stays within its slot', () => {
    const ring = stage(
      keyring([
        { id: 'primary', slot: 'primary', secret: 'the-first-secret' },
        { id: 'secondary', slot: 'secondary', secret: 'the-second-secret' },
      ]),
      { id: 'next', slot: 'secondary', secret: 'the-third-secret' },
    )
    expect(states(promote(ring, 'next', { now: T }), T)).toBe('primary active, secondary retiring, next active')
  })
  test('rotate is the swap itself', () => {
    const { ring } = rotate(first, provider, { now: T })
    expect(states(ring, T)).toBe('key-1 retiring, key-2 active')
    expect(states(ring, T + HOUR)).toBe('key-1 expired, key-2 active')
    expect(nextRotation(ring, provider, T)).toEqual({ at: T })
  })
  test('a dated staged key becomes active by itself', () => {
    const ring = stage(first, { id: 'key-2', secret: 'the-second-secret', activeFrom: T })
    expect(states(ring, T - 1)).toBe('key-1 active, key-2 staged')
    expect(states(ring, T)).toBe('key-1 active, key-2 active')
  })
  test('no secret and no id twice', () => {
    expectCode(() => stage(first, { id: 'key-2', secret: 'the-first-secret' }), 'secret-in-use')
    expectCode(() => stage(first, { id: 'key-1', secret: 'the-second-secret' }), 'id-in-use')
    expectCode(() => rotate(staged, provider, { secret: 'the-second-secret' }), 'secret-in-use')
    expectCode(() => rotate(staged, provider, { id: 'key-2' }), 'id-in-use')
    expectCode(() => rotate(first, provider, { secret: 'short' }), 'secret-too-short')
  })
})

test('where the vendor issues the secrets, the new one must be given', () => {
  const provider = plainVendor({ secrets: { issuedBy: 'vendor' } })
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  expectCode(() => rotate(first, provider), 'secret-required')
  expect(reveal(rotate(first, provider, { secret: 'the-second-secret' }).key.secret)).toBe('the-second-secret')
})

test('rotating for ever stays within sixteen keys, and no id comes twice', () => {
  const provider = listVendor(policies.overlap)
  let ring = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  const ids = new Set<string>()
  for (let turn = 0; turn < 50; turn++) {
    const turned = rotate(ring, provider, { now: T + turn * HOUR })
    ring = turned.ring
    expect(ids.has(turned.key.id)).toBe(false)
    ids.add(turned.key.id)
    expect(ring.keys.length).toBeLessThanOrEqual(16)
  }
  expect(ids.size).toBe(50)
})

test('when nothing can be pruned, there is no seventeenth key', () => {
  const keys = Array.from({ length: 16 }, (_, index) => ({ id: `key-${index}`, secret: `the-secret-number-${index}` }))
  expectCode(() => rotate(keyring(keys), plainVendor(), { now: T }), 'too-many-keys')
  expectCode(() => stage(keyring(keys), { id: 'next', secret: 'the-next-secret' }), 'too-many-keys')
})
