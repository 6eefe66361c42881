import { type Claim, CountersignError, type IdempotencyStore } from '@countersign/core'
import { type StoreUnderTest, storeSuite } from '@countersign/testkit'
import { describe, expect, it, vi } from 'vitest'
import { type MemoryStoreOptions, memoryStore } from '../src/memory-store.js'

const LEASE_MS = 1_000
const KEEP_MS = 5_000

/** A store with a clock of its own, and the means to put a key into each state. */
function startStore(options: MemoryStoreOptions = {}) {
  let time = 0
  const store = memoryStore({ now: () => time, ...options })
  const claim = async (key: string, leaseMs = LEASE_MS) => tokenOf(await store.claim(key, leaseMs))
  return {
    store,
    claim,
    advance: (ms: number) => {
      time += ms
    },
    complete: async (key: string, keepMs = KEEP_MS) => store.complete(key, await claim(key), keepMs),
    release: async (key: string) => store.release(key, await claim(key)),
  }
}

function tokenOf(claim: Claim): string {
  if (claim.state !== 'claimed') throw new Error(`'${claim.state}' instead of 'claimed'`)
  return claim.token
}

/** What each key is told, and for those that are claimed, as which attempt. */
async function statesOf(store: IdempotencyStore, keys: string): Promise<string> {
  const claims = await Promise.all([...keys].map((key) => store.claim(key, LEASE_MS)))
  return claims.map((claim) => (claim.state === 'claimed' ? `new ${claim.attempt}` : claim.state)).join(', ')
}

describe('memoryStore keeps the contract', () => {
  const start = async (): Promise<StoreUnderTest> => {
    const { store, advance } = startStore()
    return { store, advance: async (ms) => advance(ms) }
  }
  for (const { name, run } of storeSuite(start)) it(name, run)
})

describe('a full memoryStore forgets', () => {
  it('what finished first, be it done or released', async () => {
    const { store, claim, complete, release } = startStore({ maxEntries: 3 })
    const first = await claim('a')
    await complete('b')
    await release('c')
    await store.complete('a', first, KEEP_MS)
    // b finished first, then c, then a.
    await claim('d')
    expect(await statesOf(store, 'ca')).toBe('new 2, done')
    await claim('e')
    expect(await statesOf(store, 'b').catch((error) => error.code)).toBe('store-full')
  })

  it('a lease that has run out, as of the time when it did', async () => {
    const { store, claim, complete, advance } = startStore({ maxEntries: 3 })
    await claim('a')
    advance(LEASE_MS + 1)
    await complete('b')
    await complete('c')
    await claim('d')
    expect(await statesOf(store, 'bc')).toBe('done, done')
    await claim('a')
    expect(await statesOf(store, 'c')).toBe('done')
  })

  it('what is done before what was done later, also if it is kept for longer', async () => {
    const { store, claim, complete } = startStore({ maxEntries: 2 })
    await complete('a', KEEP_MS * 10)
    await complete('b', KEEP_MS)
    await claim('c')
    expect(await statesOf(store, 'b')).toBe('done')
    expect(await statesOf(store, 'a')).toBe('new 1')
  })

  it('nothing for a claim of a key that it knows', async () => {
    const { store, complete, release, advance } = startStore({ maxEntries: 2 })
    await complete('a')
    await release('b')
    expect(await statesOf(store, 'b')).toBe('new 2')
    expect(await statesOf(store, 'ab')).toBe('done, in-progress')
    advance(KEEP_MS + 1)
    expect(await statesOf(store, 'ab')).toBe('new 1, new 3')
  })

  it('no lease that still runs, and says store-full', async () => {
    const { store, claim } = startStore({ maxEntries: 3 })
    for (const key of 'abc') await claim(key)
    const error: unknown = await store.claim('d', LEASE_MS).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CountersignError)
    expect(error).toMatchObject({ code: 'store-full', message: expect.stringContaining('maxEntries is 3') })
    expect(await statesOf(store, 'abc')).toBe('in-progress, in-progress, in-progress')
  })

  it('a lease that was shortened, and none that was extended, whatever the order of their claims', async () => {
    const { store, claim, advance } = startStore({ maxEntries: 4 })
    const [extended, , shortened] = [
      await claim('a'),
      await claim('b', 60_000),
      await claim('c', 60_000),
      await claim('d'),
    ]
    await store.extend('a', extended, 60_000)
    await store.extend('c', shortened, 10)
    advance(11)
    await claim('e', 60_000)
    expect(await store.extend('c', shortened, LEASE_MS)).toBe(false)
    advance(LEASE_MS)
    await claim('f', 60_000)
    expect(await statesOf(store, 'abef')).toBe(Array(4).fill('in-progress').join(', '))
  })

  it('the owner of a lease that has run out, but not before', async () => {
    const { store, claim, advance } = startStore({ maxEntries: 2 })
    const [kept, evicted] = [await claim('a'), await claim('b')]
    advance(LEASE_MS + 1)
    expect(await store.extend('a', kept, LEASE_MS)).toBe(true)
    await claim('c')
    expect(await store.complete('b', evicted, KEEP_MS)).toBe(false)
    expect(await store.complete('a', kept, KEEP_MS)).toBe(true)
  })

  it('attempts with the entry, and keeps them until then', async () => {
    const { store, release, claim, advance } = startStore({ maxEntries: 2 })
    await release('a')
    await claim('a')
    advance(LEASE_MS + 1)
    await release('b')
    expect(await statesOf(store, 'a')).toBe('new 3')
    advance(LEASE_MS + 1)
    await claim('c')
    expect(await statesOf(store, 'b').catch((error) => error.code)).toBe('new 1')
  })
})

describe('memoryStore', () => {
  it('lets the owner of a lease that has run out go on, while nobody else has claimed the key', async () => {
    const { store, claim, advance } = startStore()
    const [one, two, three] = [await claim('a'), await claim('b'), await claim('c')]
    advance(LEASE_MS + 1)
    expect(await store.extend('a', one, LEASE_MS)).toBe(true)
    expect(await store.complete('b', two, KEEP_MS)).toBe(true)
    expect(await store.release('c', three)).toBe(true)
    expect(await statesOf(store, 'abc')).toBe('in-progress, done, new 2')
  })

  it('looks at no more entries when it is full: a claim that looked at all would be over the time of a test', async () => {
    const entries = 50_000
    const { store, claim, advance } = startStore({ maxEntries: entries })
    for (let key = 0; key < entries; key++) await claim(`first ${key}`, 1_000_000 + (key % 3))
    for (let key = 0; key < entries / 10; key++) await store.claim(`second ${key}`, LEASE_MS).catch(() => undefined)
    advance(2_000_000)
    for (let key = 0; key < entries; key++) await claim(`third ${key}`)
  })

  it('needs neither clock nor random numbers before its first claim: Workers have none outside of a request', async () => {
    const none = () => {
      throw new Error('disallowed in global scope')
    }
    vi.stubGlobal('crypto', { randomUUID: none })
    vi.stubGlobal('performance', { now: none })
    const store = memoryStore()
    vi.unstubAllGlobals()
    tokenOf(await store.claim('a', LEASE_MS))
  })

  it('has a clock of its own', async () => {
    const store = memoryStore()
    tokenOf(await store.claim('a', 60_000))
    const claim = await store.claim('a', 60_000)
    expect(claim).toEqual({ state: 'in-progress', retryAfterMs: expect.any(Number) })
    expect(claim.state === 'in-progress' && claim.retryAfterMs > 0 && claim.retryAfterMs <= 60_000).toBe(true)
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '10'])('refuses maxEntries %j', (maxEntries) => {
    expect(() => memoryStore({ maxEntries: maxEntries as number })).toThrow(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringContaining('maxEntries') }),
    )
  })

  it.each([-1, Number.NaN, undefined])('rejects a duration of %s', async (ms) => {
    const { store, claim } = startStore()
    const token = await claim('a')
    const invalid = (name: string) => ({ code: 'option-invalid', message: expect.stringContaining(name) })
    await expect(store.claim('b', ms as number)).rejects.toMatchObject(invalid('leaseMs'))
    await expect(store.extend('a', token, ms as number)).rejects.toMatchObject(invalid('leaseMs'))
    await expect(store.complete('a', token, ms as number)).rejects.toMatchObject(invalid('keepMs'))
    expect(await statesOf(store, 'ab')).toBe('in-progress, new 1')
  })

  it('keeps for ever what it is told to keep for ever', async () => {
    const { store, complete, advance } = startStore()
    await complete('a', Number.POSITIVE_INFINITY)
    advance(1e15)
    expect(await statesOf(store, 'a')).toBe('done')
  })
})
