import { type PostgresServer, startPostgres } from '@countersign/servers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrate, type PostgresStore, postgresStore } from '../../src/index.js'
import { claimed, newKey } from '../claims.js'
import { CLIENTS, type OpenClient, openPool, REMOTE_CLIENTS, run } from '../clients.js'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describe.each(CLIENTS)('postgresStore with $kind', ({ open }) => {
  let client: OpenClient
  let store: PostgresStore
  beforeAll(async () => {
    client = open(server)
    await migrate(client.client)
    store = postgresStore(client.client)
  })
  afterAll(() => client.close())

  it.each([Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 1000 * YEAR_MS])(
    'takes %d milliseconds for long',
    async (long) => {
      const { key, token } = await claimed(store, newKey(), long)
      const claim = await store.claim(key, 1)
      expect(claim).toMatchObject({ state: 'in-progress' })
      const leftMs = 'retryAfterMs' in claim ? claim.retryAfterMs : 0
      expect(leftMs).toBeGreaterThan(99 * YEAR_MS)
      expect(leftMs).toBeLessThanOrEqual(long)
      expect(await store.extend(key, token, long)).toBe(true)
      expect(await store.complete(key, token, long)).toBe(true)
      expect(await store.claim(key, long)).toEqual({ state: 'done' })
    },
  )

  it.each([0, 1e-300, 0.0001])('takes %d milliseconds for none', async (short) => {
    const { key } = await claimed(store, newKey(), short)
    const { token } = await claimed(store, key, short)
    expect(await store.extend(key, token, short)).toBe(true)
    expect(await store.complete(key, token, short)).toBe(true)
    expect(await claimed(store, key)).toMatchObject({ attempt: 1 })
  })

  it.each([-1, Number.NaN, Number.NEGATIVE_INFINITY, '1s' as never, undefined as never])(
    'refuses a duration of %s',
    async (wrong) => {
      const { key, token } = await claimed(store)
      for (const asked of [
        () => store.claim(newKey(), wrong),
        () => store.extend(key, token, wrong),
        () => store.complete(key, token, wrong),
      ]) {
        await expect(asked()).rejects.toMatchObject({ code: 'option-invalid' })
      }
      expect(await store.complete(key, token, 1)).toBe(true)
    },
  )

  it('does not lose a delivery that was released before the clock of the server was put back', async () => {
    const { key, token } = await claimed(store)
    await store.release(key, token)
    const where = `WHERE key = sha256(convert_to('"${key}"', 'UTF8'))`
    await run(client, `UPDATE countersign.deliveries SET until = now() + interval '1 hour' ${where}`)
    expect(await claimed(store, key)).toMatchObject({ attempt: 2 })
  })

  it('keeps no key, but what it was made of says which row is its own', async () => {
    const { key, token } = await claimed(store)
    // As the README says.
    const rows = await run(
      client,
      `SELECT token FROM countersign.deliveries WHERE key = sha256(convert_to('"${key}"', 'UTF8'))`,
    )
    expect(rows).toEqual([{ token }])
  })
})

describe('the clock', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([-10, 10])('is that of the server: one that is %d years away makes no difference', async (years) => {
    const client = openPool(server)
    await migrate(client.client)
    const store = postgresStore(client.client)
    await store.sweep()
    const { key, token } = await claimed(store)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + years * YEAR_MS })
    const claim = await store.claim(key, 60_000)
    expect(claim).toMatchObject({ state: 'in-progress' })
    expect('retryAfterMs' in claim && claim.retryAfterMs).toBeLessThanOrEqual(60_000)
    expect(await store.extend(key, token, 60_000)).toBe(true)
    const away = await claimed(store)
    expect(await store.complete(key, token, 60_000)).toBe(true)
    expect(await store.sweep()).toBe(0)
    vi.useRealTimers()
    expect(await store.claim(key, 60_000)).toEqual({ state: 'done' })
    expect(await store.claim(away.key, 60_000)).toMatchObject({ state: 'in-progress' })
    await client.close()
  })
})

describe.each(['repeatable read', 'serializable'])('under the isolation level %s', (level) => {
  // In a URL a space would be a plus.
  const options = `-c default_transaction_isolation=${level.replace(' ', '\\ ')}`

  it('of many claims at once one gets it, and none fails', async () => {
    const clients = [openPool(server, { options }), openPool(server, { options })]
    await migrate((clients[0] as OpenClient).client)
    const stores = clients.map(({ client }) => postgresStore(client))
    const key = newKey()
    for (let round = 1; round <= 5; round++) {
      const claims = await Promise.all(
        Array.from({ length: 100 }, (_, index) => (stores[index % 2] as PostgresStore).claim(key, 60_000)),
      )
      const won = claims.filter(({ state }) => state === 'claimed')
      expect(won).toMatchObject([{ attempt: round }])
      expect(claims.filter(({ state }) => state === 'in-progress')).toHaveLength(99)
      const token = (won[0] as { token: string }).token
      expect(await stores[0]?.release(key, token)).toBe(true)
    }
    await Promise.all(clients.map((client) => client.close()))
  })
})

describe.each(REMOTE_CLIENTS)('a duplicate with $kind', ({ open }) => {
  it('writes nothing, and waits for no transaction that has locked the delivery', async () => {
    const client = open(server)
    await migrate(client.client)
    const store = postgresStore(client.client)
    const { key, token } = await claimed(store)
    const rowVersion = () =>
      run(client, `SELECT xmin, xmax FROM countersign.deliveries WHERE key = sha256(convert_to('"${key}"', 'UTF8'))`)
    const before = await rowVersion()
    expect(await store.claim(key, 60_000)).toMatchObject({ state: 'in-progress' })
    expect(await rowVersion()).toEqual(before)
    await client.transaction(async (transaction) => {
      await store.completeIn(transaction, { key, token })
      expect(await store.claim(key, 60_000)).toMatchObject({ state: 'in-progress' })
    })
    const committed = await rowVersion()
    expect(await store.claim(key, 60_000)).toEqual({ state: 'done' })
    expect(await rowVersion()).toEqual(committed)
    await client.close()
  })
})
