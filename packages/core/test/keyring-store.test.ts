import { describe, expect, it } from 'vitest'
import { CountersignError, keyring, memoryKeyrings, plaintextAtRest, prune, rotate } from '../src/index.js'
import { plainVendor } from './vendors.js'

const acme = plainVendor()
const DAY_MS = 86_400_000
const ring = keyring([{ id: 'key-1', secret: 'fake-secret-1' }])

describe('a keyring store', () => {
  it('lets two operators rotate 500 times at once: every success is in the history, every loser got a conflict', async () => {
    const store = plaintextAtRest(memoryKeyrings())
    await store.save('acme', ring, undefined)
    let clock = 0
    const outcomes = { saved: [] as string[], conflicts: 0 }
    async function rotateOnce(): Promise<void> {
      const loaded = await store.load('acme')
      clock += 3 * DAY_MS
      const { ring: next, key } = rotate(prune(loaded?.ring ?? ring, clock), acme, {
        now: clock,
        secret: `fake-secret-${clock}`,
      })
      try {
        await store.save('acme', next, loaded?.version)
        outcomes.saved.push(key.id)
      } catch (error) {
        expect(error).toMatchObject({ code: 'version-conflict' })
        outcomes.conflicts += 1
      }
    }
    const operator = async () => {
      for (let round = 0; round < 50; round += 1) await Promise.all(Array.from({ length: 5 }, rotateOnce))
    }
    await Promise.all([operator(), operator()])
    const after = await store.load('acme')
    const history = [...(after?.ring.tombstones ?? []), ...(after?.ring.keys ?? []).map(({ id }) => id)]
    expect(outcomes.saved.length + outcomes.conflicts).toBe(500)
    expect(outcomes.conflicts).toBeGreaterThan(100)
    expect(history.sort()).toEqual(['key-1', ...outcomes.saved].sort())
    expect(after?.version).toBe(String(1 + outcomes.saved.length))
  })

  it('does not take its own save for a rollback of a load that was under way', async () => {
    const records = memoryKeyrings()
    const store = plaintextAtRest({
      ...records,
      async read(name) {
        const record = await records.read(name)
        // While the answer is under way.
        if (record?.version === 1) await store.save(name, ring, '1').catch(() => undefined)
        return record
      },
    })
    await store.save('acme', ring, undefined)
    expect((await store.load('acme'))?.version).toBe('1')
    expect((await store.load('acme'))?.version).toBe('2')
  })

  it.each(['', '0', '01', ' 1', '1.0', '1e0', '-1', '0x1', 'one', '9'.repeat(20)])(
    'takes %j for no version',
    async (version) => {
      const store = plaintextAtRest(memoryKeyrings())
      await store.save('acme', ring, undefined)
      await expect(store.save('acme', ring, version)).rejects.toMatchObject({
        code: 'version-conflict',
        message: expect.stringContaining(`'acme' is not version ${version} any more`),
      })
      await expect(store.save('new', ring, version)).rejects.toMatchObject({ code: 'version-conflict' })
    },
  )

  it.each(['', ' ', 'a b', 'ä', '../\\', 'a\0', 'x'.repeat(81), '*', undefined, null, 7, {}])(
    'has no ring named %j',
    async (name) => {
      const store = plaintextAtRest(memoryKeyrings())
      await expect(store.save(name as string, ring, undefined)).rejects.toMatchObject({
        code: 'keyring-name-invalid',
        message: expect.stringContaining("a keyring's name is 1 to 80 letters, digits or . _ : / @ -"),
      })
      expect(await store.load(name as string)).toBeUndefined()
    },
  )

  it.each([
    ['what rotate gives', rotate(ring, acme, { secret: 'fake-secret-2' }), 'save takes a ring, so give its ring'],
    ['a list of keys', ring.keys, 'save takes a ring'],
    ['nothing', undefined, 'save takes a ring'],
    ['null', null, 'save takes a ring'],
  ])('does not save %s', async (_, given, met) => {
    const store = plaintextAtRest(memoryKeyrings())
    const saved = store.save('acme', given as never, undefined)
    await expect(saved).rejects.toMatchObject({
      code: 'keys-invalid',
      message: expect.stringMatching(new RegExp(`^keys-invalid: ${met}(: |$)`)),
    })
    expect(await store.list()).toEqual([])
  })

  it('asks its records for no name that none can have', async () => {
    const asked: string[] = []
    const read = async (name: string) => {
      asked.push(name)
      return undefined
    }
    const store = plaintextAtRest({ ...memoryKeyrings(), read })
    for (const name of ['acme', '', 'a b', undefined]) expect(await store.load(name as string)).toBeUndefined()
    expect(asked).toEqual(['acme'])
  })

  it('does not take what load gave for a version', async () => {
    const store = plaintextAtRest(memoryKeyrings())
    await store.save('acme', ring, undefined)
    const loaded = await store.load('acme')
    await expect(store.save('acme', ring, loaded as never)).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining('expectedVersion is the version that load gave'),
    })
  })

  it('says that it is down, and why', async () => {
    const down = () => Promise.reject(new Error('connection refused'))
    const store = plaintextAtRest({ read: down, write: down, list: down })
    for (const [asked, met] of [
      [store.load('acme'), 'read acme'],
      [store.save('acme', ring, undefined), 'write acme'],
      [store.list(), 'list'],
    ] as const) {
      await expect(asked).rejects.toMatchObject({
        code: 'store-failed',
        cause: { message: 'connection refused' },
        message: expect.stringMatching(new RegExp(`^store-failed: ${met}(: |$)`)),
      })
    }
  })

  it('passes on what a store says that is an error of ours', async () => {
    const exposed = () => Promise.reject(new CountersignError('keyring-exposed', 'it is'))
    const store = plaintextAtRest({ read: exposed, write: exposed, list: exposed })
    for (const asked of [store.load('acme'), store.save('acme', ring, undefined), store.list()]) {
      await expect(asked).rejects.toMatchObject({ code: 'keyring-exposed' })
    }
  })

  it('has a ring already, where the first version was saved', async () => {
    const store = plaintextAtRest(memoryKeyrings())
    await store.save('acme', ring, undefined)
    await expect(store.save('acme', ring, undefined)).rejects.toMatchObject({
      code: 'version-conflict',
      message: expect.stringContaining("there is a keyring 'acme' already"),
    })
    await store.save('acme', ring, '1')
    await expect(store.save('acme', ring, '1')).rejects.toMatchObject({
      code: 'version-conflict',
      message: expect.stringContaining("'acme' is not version 1 any more"),
    })
  })

  it('does not believe in an older version than it has seen or saved', async () => {
    const records = memoryKeyrings()
    let answer: { version: number; text: string } | undefined
    const store = plaintextAtRest({ ...records, read: async (name) => answer ?? (await records.read(name)) })
    await store.save('acme', ring, undefined)
    answer = await records.read('acme')
    await store.save('acme', ring, '1')
    await expect(store.load('acme')).rejects.toMatchObject({
      code: 'keyring-rolled-back',
      message: expect.stringContaining("'acme' is version 1, and was version 2 before"),
    })
    const gone = plaintextAtRest({ ...records, read: async () => undefined })
    expect(await gone.load('acme')).toBeUndefined()
    await gone.save('acme', ring, '2')
    await expect(gone.load('acme')).rejects.toMatchObject({
      code: 'keyring-rolled-back',
      message: expect.stringContaining("'acme' is gone, and was version 3 before"),
    })
  })

  it.each([
    [
      'nothing',
      undefined,
      'give redisKeyrings(client), postgresKeyrings(client), fileKeyrings(directory), or an object',
    ],
    ['what lacks a method', { read: async () => undefined, write: async () => true }, 'give redisKeyrings(client)'],
    [
      'a store',
      plaintextAtRest(memoryKeyrings()),
      'this is a store already, of what sealed() or plaintextAtRest() made',
    ],
  ])('is not made of %s', (_, records, met) => {
    expect(() => plaintextAtRest(records as never)).toThrowError(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringContaining(met) }),
    )
  })

  it('offers to watch where its records do', async () => {
    const watched = plaintextAtRest(memoryKeyrings())
    let changes = 0
    const end = watched.watch?.('acme', () => {
      changes += 1
    })
    await watched.save('acme', ring, undefined)
    await watched.save('another', ring, undefined)
    await Promise.resolve()
    expect(changes).toBe(1)
    end?.()
    await watched.save('acme', ring, '1')
    await Promise.resolve()
    expect(changes).toBe(1)
    const { watch, ...unwatched } = memoryKeyrings()
    expect(watch).toBeDefined()
    expect('watch' in plaintextAtRest(unwatched)).toBe(false)
  })
})
