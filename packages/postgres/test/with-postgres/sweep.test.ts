import { readFileSync } from 'node:fs'
import { type PostgresServer, startPostgres } from '@countersign/servers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrate, type PostgresStore, postgresStore } from '../../src/index.js'
import { claimed } from '../claims.js'
import { CLIENTS, type OpenClient, openPglite, openPool, run } from '../clients.js'

const LONG_MS = 60_000
/** Claims from one sweep in the background to the next. */
const CLAIMS = 256

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Lets time pass for all rows that are there. */
async function age(client: OpenClient, interval: string): Promise<void> {
  await run(client, `UPDATE countersign.deliveries SET until = until - interval '${interval}'`)
}

async function statesOf(client: OpenClient): Promise<unknown[]> {
  const rows = await run(client, 'SELECT state FROM countersign.deliveries ORDER BY state')
  return rows.map(({ state }) => state)
}

/** One delivery in each state: leased, released, committed and done. */
async function oneOfEach(client: OpenClient, store: PostgresStore): Promise<void> {
  await claimed(store, undefined, LONG_MS)
  const released = await claimed(store)
  await store.release(released.key, released.token)
  const committed = await claimed(store)
  await client.transaction((transaction) => store.completeIn(transaction, committed, { keepMs: LONG_MS }))
  const done = await claimed(store)
  await store.complete(done.key, done.token, LONG_MS)
}

describe.each(CLIENTS)('sweep with $kind', ({ open }) => {
  let client: OpenClient
  let store: PostgresStore
  beforeAll(async () => {
    client = open(server)
    await migrate(client.client)
    store = postgresStore(client.client)
  })
  beforeEach(() => run(client, 'DELETE FROM countersign.deliveries'))
  afterAll(() => client.close())

  it('deletes what is done when its time is over, and what was tried a day after that', async () => {
    await oneOfEach(client, store)
    expect(await store.sweep()).toBe(0)
    await age(client, '2 minutes')
    expect(await store.sweep()).toBe(2)
    expect(await statesOf(client)).toEqual(['leased', 'released'])
    await age(client, '23 hours 57 minutes')
    expect(await store.sweep()).toBe(0)
    await age(client, '10 minutes')
    expect(await store.sweep()).toBe(2)
    expect(await statesOf(client)).toEqual([])
  })

  it('deletes all that is over, however much it is', async () => {
    await run(
      client,
      `INSERT INTO countersign.deliveries (key, state, attempt, token, until)
       SELECT sha256(n::text::bytea), 'done', 1, gen_random_uuid(), now() FROM generate_series(1, 12001) n`,
    )
    await oneOfEach(client, store)
    expect(await store.sweep()).toBe(12_001)
    expect(await statesOf(client)).toHaveLength(4)
  })

  it('can be done by the database, with the statement of the README', async () => {
    await oneOfEach(client, store)
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const statement = /DELETE FROM [^$]*/.exec(readme)?.[0] ?? ''
    await run(client, statement)
    expect(await statesOf(client)).toHaveLength(4)
    await age(client, '2 hours')
    await run(client, statement)
    expect(await statesOf(client)).toEqual(['leased', 'released'])
  })

  it('forgets the attempts of a key with its row', async () => {
    const { key } = await claimed(store, undefined, 0)
    expect(await claimed(store, key, 0)).toMatchObject({ attempt: 2 })
    await age(client, '1 day')
    await store.sweep()
    expect(await claimed(store, key)).toMatchObject({ attempt: 1 })
  })
})

describe('with the claims', () => {
  let client: OpenClient
  beforeAll(async () => {
    client = openPglite()
    await migrate(client.client)
  })
  beforeEach(async () => {
    await run(client, 'DELETE FROM countersign.deliveries')
    await run(
      client,
      `INSERT INTO countersign.deliveries (key, state, attempt, token, until)
       SELECT sha256(n::text::bytea), 'done', 1, gen_random_uuid(), now() - interval '2 hours'
       FROM generate_series(1, 600) n`,
    )
  })
  afterAll(() => client.close())

  /** PGlite runs statements in their order, so what was asked for beside the claims has run before this. */
  async function leftAfterClaims(store: PostgresStore): Promise<number> {
    const { key } = await claimed(store)
    for (let claims = 1; claims < CLAIMS; claims++) await store.claim(key, LONG_MS)
    return (await statesOf(client)).filter((state) => state === 'done').length
  }

  it('each 256th deletes up to 500 rows', async () => {
    const store = postgresStore(client.client)
    expect(await leftAfterClaims(store)).toBe(100)
    expect(await leftAfterClaims(store)).toBe(0)
  })

  it('none deletes anything if that is off', async () => {
    const store = postgresStore(client.client, { sweep: 'off' })
    expect(await leftAfterClaims(store)).toBe(600)
    expect(await store.sweep()).toBe(600)
  })

  it('one that cannot delete is answered as ever', async () => {
    const { query } = client.client as { query(text: string, values: string[]): Promise<{ rows: unknown[] }> }
    const refused = vi.fn()
    const store = postgresStore({
      query(text, values) {
        if (!text.includes('DELETE')) return query.call(client.client, text, values)
        refused()
        throw new Error('the right to delete is missing')
      },
    })
    expect(await leftAfterClaims(store)).toBe(600)
    expect(refused).toHaveBeenCalledOnce()
    await expect(store.sweep()).rejects.toMatchObject({ code: 'store-failed' })
  })

  it.each(['on', '', null, true])('refuses %j', (sweep) => {
    const refused = expect.objectContaining({ code: 'option-invalid' })
    expect(() => postgresStore(client.client, { sweep: sweep as never })).toThrow(refused)
  })
})

describe('beside others', () => {
  let clients: OpenClient[]
  beforeEach(async () => {
    clients = [openPool(server), openPool(server)]
    await migrate((clients[0] as OpenClient).client)
    await run(clients[0] as OpenClient, 'DELETE FROM countersign.deliveries')
  })
  afterEach(() => Promise.all(clients.map((client) => client.close())))

  it('leaves what another has locked, and does not wait for it', async () => {
    const [client, other] = clients as [OpenClient, OpenClient]
    const store = postgresStore(client.client)
    const { key, token } = await claimed(store, undefined, 0)
    await claimed(store, undefined, 0)
    await age(client, '1 day')
    await other.transaction(async (transaction) => {
      await store.completeIn(transaction, { key, token })
      expect(await store.sweep()).toBe(1)
    })
    expect(await store.claim(key, LONG_MS)).toEqual({ state: 'done' })
  })

  it('deletes each row once, and none that is claimed at the same time', async () => {
    const stores = clients.map(({ client }) => postgresStore(client, { sweep: 'off' })) as [
      PostgresStore,
      PostgresStore,
    ]
    const keys = await Promise.all(
      Array.from({ length: 100 }, async () => (await claimed(stores[0], undefined, 0)).key),
    )
    await age(clients[0] as OpenClient, '1 day')
    const [one, two, ...claims] = await Promise.all([
      stores[0].sweep(),
      stores[1].sweep(),
      ...keys.map((key, index) => claimed(stores[(index % 2) as 0 | 1], key)),
    ])
    expect(claims.every(({ attempt }) => attempt === 1 || attempt === 2)).toBe(true)
    // Those that were gone were new to their claims.
    expect(claims.filter(({ attempt }) => attempt === 1)).toHaveLength(one + two)
    expect(await statesOf(clients[0] as OpenClient)).toEqual(Array(100).fill('leased'))
  })
})
