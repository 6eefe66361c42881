import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createVerifier,
  type FreshnessOptions,
  type Keyring,
  type KeyringStore,
  keyring,
  keySource,
  memoryKeyrings,
  plaintextAtRest,
  sign,
} from '../src/index.js'
import { plainVendor } from './vendors.js'

const acme = plainVendor()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const ringOf = (id: string): Keyring => keyring([{ id, secret: `fake-secret-of-${id}` }])

/** A store that counts what it is asked, can be down, and can be made to wait. */
function storeOf(rings: Record<string, Keyring>, { watched = false } = {}) {
  const records = plaintextAtRest(memoryKeyrings())
  const asked = { load: 0, list: 0 }
  const state = { isDown: false, wait: Promise.resolve(), replaced: undefined as Keyring | undefined }
  const answer = async <Result>(what: 'load' | 'list', result: () => Promise<Result>) => {
    asked[what] += 1
    await state.wait
    if (state.isDown) throw new Error('connection refused')
    return result()
  }
  const watchers = new Map<string, Set<() => void>>()
  const store: KeyringStore = {
    load: (name) =>
      answer('load', async () => {
        const stored = await records.load(name)
        return stored && { ...stored, ring: state.replaced ?? stored.ring }
      }),
    save: records.save,
    list: () => answer('list', records.list),
    ...(watched && {
      watch(name: string, changed: () => void) {
        watchers.set(name, (watchers.get(name) ?? new Set()).add(changed))
        return () => {
          watchers.get(name)?.delete(changed)
        }
      },
    }),
  }
  const put = async (name: string, ring: Keyring) => {
    await records.save(name, ring, (await records.load(name))?.version)
  }
  const tell = (name: string) => {
    for (const changed of watchers.get(name) ?? []) changed()
  }
  const ready = Promise.all(Object.entries(rings).map(([name, ring]) => put(name, ring)))
  const watching = () => [...watchers.values()].reduce((sum, { size }) => sum + size, 0)
  return { store, asked, state, put, tell, ready, watching }
}

async function sourceOf(options: FreshnessOptions = {}, { watched = false } = {}) {
  const under = storeOf({ acme: ringOf('old') }, { watched })
  await under.ready
  const onError = vi.fn()
  const source = keySource(under.store, 'acme', { onError, ...options })
  const ids = async (refresh = false) => (await source({ provider: 'acme', refresh }))?.keys.map(({ id }) => id)
  return { ...under, source, ids, onError }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('keySource', () => {
  it('loads once for any number that ask at the same time, and gives the same ring again', async () => {
    const { source, asked } = await sourceOf()
    const rings = await Promise.all(Array.from({ length: 50 }, () => source({ provider: 'acme', refresh: false })))
    await pass(29_000)
    rings.push(await source({ provider: 'acme', refresh: false }))
    expect(new Set(rings).size).toBe(1)
    expect(asked.load).toBe(1)
  })

  it('keeps the very ring while its version is the same, so that its keys stay prepared', async () => {
    const { source, asked } = await sourceOf()
    const first = await source({ provider: 'acme', refresh: false })
    await pass(30_000)
    await source({ provider: 'acme', refresh: false })
    await pass(0)
    expect(asked.load).toBe(2)
    expect(await source({ provider: 'acme', refresh: false })).toBe(first)
  })

  // A store that lost its last write in a failover gives the same number again.
  it('takes another ring, also under the number of the one that it holds', async () => {
    const { ids, state } = await sourceOf()
    expect(await ids()).toEqual(['old'])
    state.replaced = ringOf('saved-again')
    await pass(1000)
    expect(await ids(true)).toEqual(['saved-again'])
  })

  it('refreshes in the background: nobody waits for it', async () => {
    const { ids, put, state } = await sourceOf()
    await ids()
    await put('acme', ringOf('new'))
    await pass(30_000)
    let answer = () => {}
    state.wait = new Promise((resolve) => {
      answer = resolve
    })
    expect(await ids()).toEqual(['old'])
    answer()
    await pass(0)
    expect(await ids()).toEqual(['new'])
  })

  it('looks past what it holds when nothing matched, once in the interval however many forgeries come', async () => {
    const { ids, put, asked } = await sourceOf()
    await ids()
    await put('acme', ringOf('new'))
    await pass(1000)
    expect(await ids(true)).toEqual(['new'])
    for (let ms = 0; ms < 10_000; ms += 10) {
      await Promise.all([ids(true), ids(true), ids(true)])
      await pass(10)
    }
    // The first load, the one above, and then one in each second.
    expect(asked.load).toBeLessThanOrEqual(2 + 10)
    expect(asked.load).toBeGreaterThanOrEqual(2 + 9)
  })

  it('uses what it holds while the store is down, until that is too old; and recovers by itself', async () => {
    const { ids, put, state, onError } = await sourceOf({ refreshMs: 10_000, maxStaleMs: 60_000 })
    await ids()
    state.isDown = true
    await pass(59_000)
    expect(await ids()).toEqual(['old'])
    await pass(1000)
    await expect(ids()).rejects.toMatchObject({
      code: 'keyring-stale',
      message: expect.stringContaining('older than 60000 ms'),
      cause: { message: 'connection refused' },
    })
    expect(onError).toHaveBeenCalledTimes(2)
    state.isDown = false
    await put('acme', ringOf('new'))
    await pass(1000)
    expect(await ids()).toEqual(['new'])
  })

  it.each([{ maxStaleMs: 0 }, { maxStaleMs: 500 }])('never waits to load what is too old, with %o', async (options) => {
    const { ids, put } = await sourceOf({ refreshMs: 0, ...options })
    await ids()
    await put('acme', ringOf('new'))
    await pass(500)
    expect(await ids()).toEqual(['new'])
  })

  it('counts the age from when the load began, not from when the answer came', async () => {
    const { ids, state } = await sourceOf({ refreshMs: 1000, maxStaleMs: 10_000, timeoutMs: 9000 })
    state.wait = new Promise((resolve) => setTimeout(resolve, 8000))
    const first = ids()
    await pass(8000)
    await first
    state.isDown = true
    await pass(1999)
    expect(await ids()).toEqual(['old'])
    await pass(1)
    await expect(ids()).rejects.toMatchObject({ code: 'keyring-stale' })
  })

  it('rejects when nothing matches and the store cannot be asked: that is no forgery yet', async () => {
    const { ids, state } = await sourceOf()
    await ids()
    state.isDown = true
    await pass(1000)
    await expect(ids(true)).rejects.toThrow('connection refused')
    await expect(ids(true)).rejects.toThrow('connection refused')
    expect(await ids()).toEqual(['old'])
  })

  it('asks a store that is down once in the interval, whoever waits for it', async () => {
    const { ids, state, asked } = await sourceOf()
    state.isDown = true
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => ids()))
    outcomes.push(...(await Promise.allSettled(Array.from({ length: 20 }, () => ids()))))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(asked.load).toBe(1)
    state.isDown = false
    await pass(1000)
    expect(await ids()).toEqual(['old'])
  })

  it('takes a store that never answers for one that is down', async () => {
    const { ids, state } = await sourceOf({ timeoutMs: 2000 })
    state.wait = new Promise(() => {})
    const outcome = ids().catch((error) => error)
    await pass(2000)
    expect(await outcome).toMatchObject({
      code: 'store-failed',
      message: expect.stringContaining('no answer within 2000 ms'),
    })
    state.wait = Promise.resolve()
    expect(await ids()).toEqual(['old'])
  })

  it('loads at once what the store says has changed, also when that is said during a load', async () => {
    const { ids, put, tell, state } = await sourceOf({}, { watched: true })
    await ids()
    await put('acme', ringOf('second'))
    tell('acme')
    await pass(0)
    expect(await ids()).toEqual(['second'])
    let answer = () => {}
    state.wait = new Promise((resolve) => {
      answer = resolve
    })
    tell('acme')
    await pass(0)
    await put('acme', ringOf('third'))
    tell('acme')
    answer()
    await pass(0)
    expect(await ids()).toEqual(['third'])
  })

  it('loads again what changed behind the back of a load', async () => {
    const { store, put, tell, ready } = storeOf({ acme: ringOf('old') }, { watched: true })
    await ready
    let answer = () => {}
    const wait = new Promise<void>((resolve) => {
      answer = resolve
    })
    // It has read already, and its answer is under way.
    const slow = { ...store, load: (name: string) => store.load(name).then((read) => wait.then(() => read)) }
    const source = keySource(slow, 'acme')
    const asking = async () => (await source({ provider: 'acme', refresh: false }))?.keys[0]?.id
    const first = asking()
    await pass(0)
    await put('acme', ringOf('new'))
    tell('acme')
    answer()
    expect(await first).toBe('old')
    await pass(0)
    expect(await asking()).toBe('new')
  })

  it('goes by the clock that it is given', async () => {
    let now = 1e9
    const { ids, asked } = await sourceOf({ now: () => now })
    await ids()
    now += 29_999
    await ids()
    expect(asked.load).toBe(1)
    now += 1
    await ids()
    expect(asked.load).toBe(2)
  })

  it('does not refresh what is old more often than it may ask', async () => {
    const { ids, asked } = await sourceOf({ refreshMs: 100, missIntervalMs: 1000 })
    await ids()
    await pass(999)
    expect(await ids()).toEqual(['old'])
    expect(asked.load).toBe(1)
  })

  it('says again why it could not be loaded, and leaves no timer behind', async () => {
    const { ids, state } = await sourceOf()
    state.isDown = true
    for (let round = 0; round < 2; round += 1) await expect(ids()).rejects.toThrow('connection refused')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('looks again soon if what has changed could not be loaded', async () => {
    const { ids, put, tell, state } = await sourceOf({}, { watched: true })
    await ids()
    await put('acme', ringOf('new'))
    state.isDown = true
    tell('acme')
    await pass(0)
    state.isDown = false
    await pass(1000)
    expect(await ids()).toEqual(['old'])
    await pass(0)
    expect(await ids()).toEqual(['new'])
  })

  it('watches from the start, and no more once it is closed', async () => {
    const { source, watching, ids } = await sourceOf({}, { watched: true })
    expect(watching()).toBe(1)
    source.close()
    expect(watching()).toBe(0)
    expect(await ids()).toEqual(['old'])
    expect(watching()).toBe(0)
  })

  it('names the ring that the store does not have, and finds it once it has', async () => {
    const { store, put } = storeOf({})
    const source = keySource(store, 'acme')
    const asking = () => source({ provider: 'acme', tenant: 'whoever', refresh: false })
    await expect(asking()).rejects.toMatchObject({
      code: 'keyring-missing',
      message: expect.stringContaining("'acme'"),
    })
    await put('acme', ringOf('new'))
    await pass(1000)
    expect((await asking())?.keys[0]?.id).toBe('new')
  })

  it.each([
    [{ refreshMs: -1 }, 'refreshMs must be milliseconds, 0 or more'],
    [{ maxStaleMs: Number.NaN }, 'maxStaleMs must be milliseconds, 0 or more'],
    [{ refreshMs: 2000, maxStaleMs: 1000 }, 'refreshMs is longer than maxStaleMs'],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs is longer than 24 days'],
    [{ timeoutMs: 2 ** 31 }, 'timeoutMs is longer than 24 days'],
    [{ missIntervalMs: '1' as never }, 'missIntervalMs must be milliseconds, 0 or more'],
    [{ staleMs: 1000 } as never, 'staleMs is none of: refreshMs, maxStaleMs, missIntervalMs, timeoutMs, onError, now'],
  ])('refuses %o', (options, met) => {
    const { store } = storeOf({})
    expect(() => keySource(store, 'acme', options)).toThrow(`option-invalid: ${met}`)
  })

  it.each([{ refreshMs: 0, missIntervalMs: 0 }, { refreshMs: 1000, maxStaleMs: 1000 }, { timeoutMs: 2 ** 31 - 1 }])(
    'takes %o',
    async (options) => {
      const { store, ready } = storeOf({ acme: ringOf('key-1') })
      await ready
      const ring = await keySource(store, 'acme', options)({ provider: 'acme', refresh: false })
      expect(ring?.keys[0]?.id).toBe('key-1')
    },
  )
})

describe('wiring that cannot work is refused at once, and says what is meant', () => {
  const records = memoryKeyrings()
  const store = plaintextAtRest(records)
  it.each<[string, () => unknown, string, string]>([
    [
      'records instead of a store',
      () => keySource(records as never, 'acme'),
      'option-invalid',
      'sealed(records, masterKey)',
    ],
    [
      'no store',
      () => keySource(undefined as never, 'acme'),
      'option-invalid',
      'what sealed() or plaintextAtRest() made',
    ],
    ['no name', () => keySource(store, undefined as never), 'keyring-name-invalid', '1 to 80 letters'],
    ['a name that none can have', () => keySource(store, 'a b'), 'keyring-name-invalid', '1 to 80 letters'],
    [
      'a client instead of records',
      () => plaintextAtRest({ hget: () => '' } as never),
      'option-invalid',
      'redisKeyrings(client)',
    ],
    ['no records', () => plaintextAtRest(undefined as never), 'option-invalid', 'redisKeyrings(client)'],
    ['a store instead of records', () => plaintextAtRest(store as never), 'option-invalid', 'a store already'],
  ])('%s', (_, wire, code, message) => {
    expect(wire).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
  })

  it('a store as keys: the message names keySource', () => {
    const wire = () => createVerifier(acme, { keys: store as never })
    expect(wire).toThrow(expect.objectContaining({ code: 'keys-invalid' }))
  })
})

describe('keySource for many tenants', () => {
  const tenants = async () => {
    const under = storeOf({ 'acme/one': ringOf('one'), 'acme/two': ringOf('two') }, { watched: true })
    await under.ready
    const source = keySource(under.store, ({ provider, tenant }) => tenant && `${provider}/${tenant}`)
    const ids = async (tenant: string | undefined, refresh = false) =>
      (await source({ provider: 'acme', tenant, refresh }))?.keys.map(({ id }) => id)
    return { ...under, source, ids }
  }

  it('gives each its own', async () => {
    const { ids } = await tenants()
    expect(await ids('one')).toEqual(['one'])
    expect(await ids('two')).toEqual(['two'])
    expect(await ids(undefined)).toBeUndefined()
  })

  it('asks nothing for a delivery without one, and watches no ring before it is asked for, or once it is closed', async () => {
    const { ids, asked, watching, source } = await tenants()
    expect(watching()).toBe(0)
    expect(await ids(undefined)).toBeUndefined()
    expect(asked.list).toBe(0)
    await ids('one')
    expect(watching()).toBe(1)
    source.close()
    expect(await ids('two')).toEqual(['two'])
    expect(watching()).toBe(0)
  })

  it('looks at the list again no sooner than it has to', async () => {
    const { ids, asked } = await tenants()
    for (let second = 0; second < 20; second += 1) {
      await ids('one')
      await pass(1000)
    }
    expect(asked.list).toBe(1)
  })

  it('knows none that is not listed, at the price of one look at the list in the interval', async () => {
    const { ids, asked, watching } = await tenants()
    await ids('one')
    for (let round = 0; round < 500; round += 1) {
      expect(await ids(`stranger-${round}`)).toBeUndefined()
      expect(await ids(`../${'x'.repeat(round)}`)).toBeUndefined()
      await pass(10)
    }
    expect(asked.load).toBe(1)
    expect(asked.list).toBeLessThanOrEqual(1 + 5)
    expect(watching()).toBe(1)
  })

  it('finds one that was added a moment ago, and forgets one that has gone', async () => {
    const { store, asked, put, state, ready, watching } = storeOf({ 'acme/one': ringOf('one') }, { watched: true })
    await ready
    let hidden = ''
    const hiding = {
      ...store,
      list: async () => (await store.list()).filter((name) => name !== hidden),
    }
    const source = keySource(hiding, ({ tenant }) => `acme/${tenant}`)
    const ids = async (tenant: string) => (await source({ provider: 'acme', tenant, refresh: false }))?.keys[0]?.id
    expect(await ids('one')).toBe('one')
    await put('acme/new', ringOf('new'))
    await pass(1000)
    expect(await ids('new')).toBe('new')
    hidden = 'acme/one'
    await pass(30_000)
    await ids('new')
    await pass(0)
    expect(await ids('one')).toBeUndefined()
    expect(watching()).toBe(1)
    expect(state.isDown).toBe(false)
    expect(asked.list).toBeGreaterThan(2)
  })
})

describe('a verifier with keySource', () => {
  const deliver = async (key: Keyring) => {
    const body = '{"id":1}'
    return { headers: await sign(acme, key, body), body }
  }

  it('accepts what a key signs that was rotated in a second ago, also under a flood of forgeries', async () => {
    const { source, put } = await sourceOf()
    const verifier = createVerifier(acme, { keys: source })
    const forged = await deliver(ringOf('forged'))
    for (let second = 1; second <= 5; second += 1) {
      await put('acme', ringOf(`key-${second}`))
      await pass(1000)
      expect(await verifier.verify(await deliver(ringOf(`key-${second}`)))).toMatchObject({ keyId: `key-${second}` })
      expect(await verifier.verify(forged)).toMatchObject({ reason: 'no-matching-key' })
    }
  })

  it('asks another source with refresh once in ten seconds', async () => {
    const keys = vi.fn(() => ringOf('old'))
    const verifier = createVerifier(acme, { keys })
    const forged = await deliver(ringOf('forged'))
    for (let second = 0; second < 10; second += 1) {
      await verifier.verify(forged)
      await pass(1000)
    }
    expect(keys.mock.calls.filter(([context]: [{ refresh: boolean }?]) => context?.refresh)).toHaveLength(1)
  })
})
