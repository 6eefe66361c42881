import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Key,
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

function expectCode(run: () => unknown, code: string, met = ''): void {
  expect(run).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(met) }))
}

describe('overlap', () => {
  const provider = listVendor(policies.overlap)
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  let ring: Keyring
  let key: Key
  beforeEach(() => {
    ;({ ring, key } = rotate(first, provider, { secret: 'the-second-secret', now: T }))
  })

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
    expectCode(
      () => rotate(ring, provider, { now: T + HOUR - 1 }),
      'rotation-in-progress',
      `the vendor signs with two keys until ${T + HOUR} (milliseconds since the epoch): wait until then, or { force: true }`,
    )
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
    expectCode(
      () => rotate(first, provider, { graceMs }),
      'grace-not-allowed',
      'graceMs must be milliseconds, 0 or more',
    )
  })
  test('a key that waits to be promoted goes on waiting', () => {
    const waiting = stage(first, { id: 'next', secret: 'the-next-secret' })
    expect(states(rotate(waiting, provider, { now: T }).ring, T)).toBe('key-1 retiring, next staged, key-2 active')
  })
  test('a key retires from now on, and not from later', () => {
    const dated = keyring([{ id: 'key-1', secret: 'the-first-secret', retireFrom: T + 5 }])
    expect(rotate(dated, provider, { now: T }).ring.keys[0]?.retireFrom).toBe(T)
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
    expectCode(
      () => at(afterGrace, { graceMs: 2 * HOUR }),
      'grace-not-allowed',
      'graceMs must be one of 0, 3600000, 10800000',
    )
    expect(at(afterGrace, { graceMs: undefined }).keys[0]?.notAfter).toBe(T + 3 * HOUR + UNDER_WAY)
    expect(states(at(afterGrace, { graceMs: 0 }), T)).toBe('key-1 expired, key-2 active')
  })
  test('five unexpired secrets, and no sixth', () => {
    let ring = first
    for (let turn = 0; turn < 4; turn++) ring = rotate(ring, immediately, { now: T + turn, graceMs: HOUR }).ring
    expect(ring.keys).toHaveLength(5)
    expectCode(
      () => rotate(ring, immediately, { now: T + 4, graceMs: HOUR }),
      'too-many-keys',
      'the vendor keeps at most 5 unexpired secrets: wait until one has expired, or choose grace 0',
    )
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
  test('without a grace only the secrets that retire already are counted', () => {
    const retiring = Array.from({ length: 5 }, (_, index) => ({
      id: `old-${index}`,
      secret: `the-old-secret-${index}`,
      retireFrom: T - 1,
      notAfter: T + HOUR + UNDER_WAY,
    }))
    const active = { id: 'key-1', secret: 'the-first-secret' }
    expectCode(() => rotate(keyring([...retiring, active]), immediately, { now: T, graceMs: 0 }), 'too-many-keys')
    const room = keyring([...retiring.slice(1), active])
    expect(rotate(room, immediately, { now: T, graceMs: 0 }).ring.keys).toHaveLength(6)
  })
  test('a revoked secret is none of them, and signs nothing', async () => {
    const keys = Array.from({ length: 5 }, (_, index) => ({ id: `key-${index}`, secret: `the-secret-number-${index}` }))
    const ring = keyring(keys.map((key, index) => (index === 0 ? { ...key, revokedAt: T } : key)))
    expect(rotate(ring, immediately, { now: T, graceMs: HOUR }).ring.keys).toHaveLength(6)
    const signatures = (await sign(immediately, ring, 'body', { now: T }))['X-Acme-Signature']
    expect(signatures?.split(' ')).toHaveLength(4)
  })
  test('a secret that waits to be promoted goes on waiting', () => {
    const waiting = stage(first, { id: 'next', secret: 'the-next-secret' })
    expect(states(rotate(waiting, immediately, { now: T }).ring, T)).toBe('key-1 retiring, next staged, key-2 active')
  })
  test('the next is due when enough have expired, in whatever order they do', () => {
    const ends = [3, 1, 2, 5, 4, 6].map((hours, index) => ({
      id: `key-${index}`,
      secret: `the-secret-number-${index}`,
      notAfter: T + hours * HOUR + UNDER_WAY,
    }))
    expect(nextRotation(keyring(ends.slice(0, 5)), immediately, T)).toEqual({ at: T + HOUR })
    expect(nextRotation(keyring(ends), immediately, T)).toEqual({ at: T + 2 * HOUR })
  })
})

describe('slots', () => {
  const provider = slottedVendor()
  const undated = keyring([
    { id: 'primary', slot: 'primary', secret: 'the-first-secret' },
    { id: 'secondary', slot: 'secondary', secret: 'the-second-secret' },
  ])
  let ring: Keyring
  let key: Key
  beforeEach(() => {
    ;({ ring, key } = rotate(undated, provider, { slot: 'primary', secret: 'the-third-secret', now: T }))
  })

  test('one slot changes, the other stays', () => {
    expect(key).toMatchObject({ id: 'primary-2', slot: 'primary' })
    expect(states(ring, T)).toBe('primary retiring, secondary active, primary-2 active')
    expect(states(ring, T + UNDER_WAY)).toBe('primary expired, secondary active, primary-2 active')
  })
  test('the other slot is guarded for a day', () => {
    const other = { slot: 'secondary', secret: 'the-fourth-secret' }
    expectCode(
      () => rotate(ring, provider, { ...other, now: T + DAY - 1 }),
      'other-slot-too-recent',
      `slot 'primary' was rotated less than ${DAY} ms ago: a receiver that has not learned its new key yet needs slot ` +
        `'secondary' as it is. Wait, or { force: true }`,
    )
    expect(rotate(ring, provider, { ...other, now: T + DAY }).key.id).toBe('secondary-2')
    expect(rotate(ring, provider, { ...other, now: T + 1, force: true }).key.id).toBe('secondary-2')
    expect(rotate(ring, provider, { slot: 'primary', now: T + 1 }).key.id).toBe('primary-3')
  })
  test('undated slots pass the guard', () => {
    expect(rotate(undated, provider, { slot: 'secondary', now: T }).key.id).toBe('secondary-2')
  })
  test('the slot must be said, and be one', () => {
    expectCode(() => rotate(undated, provider, {}), 'slot-required', 'say which slot to rotate: primary or secondary')
    expectCode(() => rotate(undated, provider, { slot: 'tertiary' }), 'slot-required')
    expectCode(
      () => rotate(undated, provider, { slot: 'primary', graceMs: HOUR }),
      'grace-not-allowed',
      'graceMs must be 0, or nothing',
    )
    expect(states(rotate(undated, provider, { slot: 'primary', graceMs: 0, now: T }).ring, T)).toMatch(
      /^primary expired/,
    )
  })
  test('a slot that has no key yet names its first', () => {
    const single = keyring([{ id: 'primary', slot: 'primary', secret: 'the-first-secret' }])
    expect(rotate(single, provider, { slot: 'secondary', now: T }).key.id).toBe('secondary')
  })
  test('of a slot with two active keys the newest signs, and a slot without one signs nothing', async () => {
    const two = keyring([
      { id: 'new', slot: 'primary', secret: 'the-new-secret', activeFrom: T },
      { id: 'old', slot: 'primary', secret: 'the-old-secret' },
    ])
    expect(await sign(provider, two, 'body', { now: T })).toEqual(
      await sign(provider, { primary: 'the-new-secret' }, 'body'),
    )
    expect(Object.keys(await sign(provider, two, 'body', { now: T }))).toEqual(['X-Acme-primary'])
  })
  test('a key that begins later is not the last turn yet, and one that begins now is', () => {
    const dated = (activeFrom: number) =>
      keyring([
        { id: 'primary', slot: 'primary', secret: 'the-first-secret' },
        { id: 'secondary', slot: 'secondary', secret: 'the-second-secret', activeFrom },
      ])
    expect(nextRotation(dated(T + 1), provider, T)).toEqual({ slot: 'primary', at: T })
    expect(nextRotation(dated(T), provider, T)).toEqual({ slot: 'primary', at: T + 30 * DAY })
  })
  test('three slots take turns, too', () => {
    const slots = ['a', 'b', 'c']
    const three = { ...provider, slots, rotation: { ...policies.slots, slots } } as unknown as Provider
    const keys = slots.map((slot, index) => ({
      id: slot,
      slot,
      secret: `the-secret-of-${slot}`,
      activeFrom: T + index,
    }))
    expect(nextRotation(keyring(keys), three, T + DAY)).toEqual({ slot: 'a', at: T + 2 + 30 * DAY })
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
  let staged: Keyring
  beforeEach(() => {
    staged = stage(first, { id: 'key-2', secret: 'the-second-secret' })
  })

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
    expectCode(() => promote(staged, 'key-1'), 'key-not-staged', "key 'key-1' is active; only a staged key is promoted")
    expectCode(() => promote(staged, 'key-9'), 'key-unknown', "the ring has no key 'key-9'; it has: key-1, key-2")
    expectCode(() => promote(keyring([]), 'key-9'), 'key-unknown', "the ring has no key 'key-9'; it has: none")
    expectCode(
      () => promote(staged, 'key-2', { graceMs: -1 }),
      'grace-not-allowed',
      'graceMs must be milliseconds, 0 or more',
    )
  })
  test('the old key ends when it was to end, if that is sooner', () => {
    const dated = keyring([{ id: 'key-1', secret: 'the-first-secret', notAfter: T + 5 }])
    const next = stage(dated, { id: 'key-2', secret: 'the-second-secret' })
    expect(promote(next, 'key-2', { now: T }).keys[0]?.notAfter).toBe(T + 5)
  })
  test('the newest of the active keys signs, whatever its position', async () => {
    const keys = [
      { id: 'new', secret: 'the-new-secret', activeFrom: T },
      { id: 'older', secret: 'the-older-secret', activeFrom: T - 1 },
      { id: 'oldest', secret: 'the-oldest-secret' },
    ]
    for (const order of [keys, [...keys].reverse()]) {
      expect(await sign(provider, keyring(order), 'body', { now: T })).toEqual(
        await sign(provider, 'the-new-secret', 'body'),
      )
    }
  })
  test('a retiring key signs no longer', async () => {
    const ring = keyring([
      { id: 'kept', secret: 'the-kept-secret' },
      { id: 'gone', secret: 'the-gone-secret', activeFrom: T - 2, retireFrom: T - 1, notAfter: T + HOUR + UNDER_WAY },
    ])
    expect(await sign(provider, ring, 'body', { now: T })).toEqual(await sign(provider, 'the-kept-secret', 'body'))
  })
  test('nothing is signed by no active key, or by one of two that no date tells apart', async () => {
    const ended = keyring([{ id: 'key-1', secret: 'the-first-secret', notAfter: T }])
    await expect(sign(provider, ended, 'body', { now: T })).rejects.toMatchObject({
      code: 'no-usable-key',
      message: expect.stringContaining(`no key of the ring signs at ${T}: none is active`),
    })
    await expect(sign(provider, ['the-first-secret', 'the-second-secret'], 'body')).rejects.toMatchObject({
      code: 'ambiguous-signer',
      message: expect.stringContaining(
        "which of 'key-1', 'key-2' signs? Give a keyring in which activeFrom tells, or one secret",
      ),
    })
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
    expectCode(
      () => stage(first, { id: 'key-2', secret: 'the-first-secret' }),
      'secret-in-use',
      "key 'key-1' has that very secret: give a new one, or promote that key if it is staged",
    )
    expectCode(
      () => stage(first, { id: 'key-1', secret: 'the-second-secret' }),
      'id-in-use',
      "the key id 'key-1' is taken, or was once: choose another",
    )
    expect(stage(first, { id: 'key-2', secret: 'the-first-secret, and more' }).keys).toHaveLength(2)
    expectCode(() => rotate(staged, provider, { secret: 'the-second-secret' }), 'secret-in-use')
    expectCode(() => rotate(staged, provider, { id: 'key-2' }), 'id-in-use')
    expectCode(() => rotate(first, provider, { secret: 'short' }), 'secret-too-short')
  })
})

test('a new key is given the first number that is free', () => {
  const ring = keyring([{ id: 'january', secret: 'the-first-secret' }])
  expect(rotate(ring, plainVendor(), { now: T }).key.id).toBe('key-1')
})

test('where the vendor issues the secrets, the new one must be given', () => {
  const provider = plainVendor({ secrets: { issuedBy: 'vendor' } })
  const first = keyring([{ id: 'key-1', secret: 'the-first-secret' }])
  expectCode(
    () => rotate(first, provider),
    'secret-required',
    'Acme issues its secrets itself: copy the new one from there and pass it as { secret }',
  )
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
