import { type PostgresServer, startPostgres } from '@countersign/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, type PostgresClient, type PostgresStore, postgresStore } from '../../src/index.js'
import { claimed } from '../claims.js'
import { CLIENTS, type OpenClient, openPool, REMOTE_CLIENTS, run } from '../clients.js'
import { startRelay } from '../relay.js'

const LONG_MS = 60_000

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function createEffects(client: OpenClient): Promise<void> {
  const isThere = (error: { code?: unknown }) => error.code === '42P07' || Promise.reject(error)
  await run(client, 'CREATE TABLE effects (key text)').catch(isThere)
}

/** What a handler does, in its transaction. */
async function effect(transaction: PostgresClient, key: string): Promise<void> {
  await run(transaction, `INSERT INTO effects VALUES ('${key}')`)
}

async function effectsOf(client: OpenClient, key: string): Promise<number> {
  return (await run(client, `SELECT FROM effects WHERE key = '${key}'`)).length
}

describe.each(CLIENTS)('completeIn with $kind', ({ open }) => {
  let client: OpenClient
  let store: PostgresStore
  beforeAll(async () => {
    client = open(server)
    await migrate(client.client)
    await createEffects(client)
    store = postgresStore(client.client)
  })
  afterAll(() => client.close())

  /** Handles a claim, effect and mark in one transaction. */
  function handle(claim: { key: string; token: string }, keepMs?: number): Promise<void> {
    return client.transaction(async (transaction) => {
      await effect(transaction, claim.key)
      await store.completeIn(transaction, claim, { keepMs })
    })
  }

  it('refuses what is no transaction: the mark would be committed without the effect', async () => {
    const claim = await claimed(store)
    await expect(store.completeIn(client.client, claim)).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining('takes the transaction'),
    })
    expect(await store.release(claim.key, claim.token)).toBe(true)
  })

  it('refuses what is no claim', async () => {
    const completed = client.transaction((transaction) => store.completeIn(transaction, { attempt: 1 } as never))
    await expect(completed).rejects.toMatchObject({ code: 'option-invalid' })
  })

  it('commits the mark with the effect', async () => {
    const claim = await claimed(store)
    await handle(claim)
    expect(await effectsOf(client, claim.key)).toBe(1)
    expect(await store.claim(claim.key, LONG_MS)).toEqual({ state: 'done' })
  })

  it('lets the receiver complete it afterwards, once', async () => {
    const { key, token } = await claimed(store)
    await handle({ key, token }, 0)
    expect(await store.extend(key, token, LONG_MS)).toBe(true)
    expect(await store.release(key, token)).toBe(false)
    expect(await store.complete(key, token, LONG_MS)).toBe(true)
    // It is kept for as long as the receiver says.
    expect(await store.claim(key, LONG_MS)).toEqual({ state: 'done' })
    expect(await store.complete(key, token, LONG_MS)).toBe(false)
    expect(await store.extend(key, token, LONG_MS)).toBe(false)
    expect(await store.release(key, token)).toBe(false)
  })

  it('keeps it as long as it is told to, if the receiver says no more', async () => {
    const { key, token } = await claimed(store)
    await handle({ key, token }, 0)
    expect(await store.extend(key, token, LONG_MS)).toBe(true)
    expect(await claimed(store, key)).toMatchObject({ attempt: 1 })
    expect(await store.complete(key, token, LONG_MS)).toBe(false)
  })

  it('is undone with the transaction: the claim is as it was, and the next one runs', async () => {
    const { key, token } = await claimed(store)
    const failing = client.transaction(async (transaction) => {
      await effect(transaction, key)
      await store.completeIn(transaction, { key, token })
      throw new Error('afterwards')
    })
    await expect(failing).rejects.toThrow('afterwards')
    expect(await effectsOf(client, key)).toBe(0)
    expect(await store.claim(key, LONG_MS)).toMatchObject({ state: 'in-progress' })
    expect(await store.release(key, token)).toBe(true)
    const next = await claimed(store, key)
    expect(next.attempt).toBe(2)
    await handle(next)
    expect(await effectsOf(client, key)).toBe(1)
  })

  it('refuses, and so undoes the effect, when another has claimed the delivery', async () => {
    const { key, token } = await claimed(store, undefined, 0)
    const other = await claimed(store, key)
    await expect(handle({ key, token })).rejects.toMatchObject({ code: 'lease-lost' })
    expect(await effectsOf(client, key)).toBe(0)
    await handle(other)
    expect(await effectsOf(client, key)).toBe(1)
  })

  it('takes a lease that has run out, if nobody else has claimed it', async () => {
    const claim = await claimed(store, undefined, 0)
    await handle(claim)
    expect(await store.claim(claim.key, LONG_MS)).toEqual({ state: 'done' })
  })

  it('refuses a second transaction: the first may have been committed without a word', async () => {
    const claim = await claimed(store)
    await handle(claim)
    await expect(handle(claim)).rejects.toMatchObject({ code: 'lease-lost' })
    await store.complete(claim.key, claim.token, LONG_MS)
    await expect(handle(claim)).rejects.toMatchObject({ code: 'lease-lost' })
    expect(await effectsOf(client, claim.key)).toBe(1)
  })

  it('refuses where nothing was claimed, and says so', async () => {
    const failing = client.transaction((transaction) => store.completeIn(transaction, undefined))
    await expect(failing).rejects.toMatchObject({
      code: 'lease-lost',
      message: expect.stringContaining('the delivery was not claimed'),
    })
  })

  it.each(['', 'garbage', '\0', '\ud800', '00000000-0000-0000-0000-000000000000'])(
    'refuses the token %j',
    async (token) => {
      const { key } = await claimed(store)
      await expect(handle({ key, token })).rejects.toMatchObject({ code: 'lease-lost' })
      expect(await effectsOf(client, key)).toBe(0)
    },
  )

  it('refuses a duration that is none', async () => {
    const claim = await claimed(store)
    await expect(handle(claim, -1)).rejects.toMatchObject({ code: 'option-invalid' })
    expect(await effectsOf(client, claim.key)).toBe(0)
  })
})

describe.each(REMOTE_CLIENTS)('a transaction of $kind', ({ open }) => {
  let client: OpenClient
  let store: PostgresStore
  beforeAll(async () => {
    client = open(server)
    await migrate(client.client)
    await createEffects(client)
    store = postgresStore(client.client)
  })
  afterAll(() => client.close())

  it('that is under way makes a takeover wait for its end', async () => {
    const { key, token } = await claimed(store, undefined, 0)
    let takeover: Promise<unknown> | undefined
    await client.transaction(async (transaction) => {
      await store.completeIn(transaction, { key, token })
      takeover = store.claim(key, LONG_MS)
    })
    expect(await takeover).toEqual({ state: 'done' })
  })

  it('that is under way makes the extension of its lease wait, which then is true', async () => {
    const { key, token } = await claimed(store)
    let extension: Promise<unknown> | undefined
    await client.transaction(async (transaction) => {
      await store.completeIn(transaction, { key, token })
      extension = store.extend(key, token, LONG_MS)
    })
    expect(await extension).toBe(true)
  })

  it('that is undone lets a takeover have all of its lease, from then on', async () => {
    const claim = await claimed(store, undefined, 0)
    let takeover: Promise<unknown> | undefined
    let undoneAt: unknown
    const undone = client.transaction(async (transaction) => {
      await store.completeIn(transaction, claim)
      takeover = store.claim(claim.key, LONG_MS)
      const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%deliveries%'`
      await expect.poll(() => run(client, waits), { timeout: 20_000 }).toHaveLength(1)
      const [clock] = await run(transaction, 'SELECT clock_timestamp()::text AS now')
      undoneAt = clock?.now
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await takeover).toMatchObject({ state: 'claimed', attempt: 2 })
    const [row] = await run(
      client,
      `SELECT until >= '${undoneAt}'::timestamptz + interval '${LONG_MS} milliseconds' AS "isWhole"
       FROM countersign.deliveries WHERE key = sha256(convert_to('"${claim.key}"', 'UTF8'))`,
    )
    expect(row).toEqual({ isWhole: true })
  })

  it.each(['answer', 'statement'] as const)('whose commit loses its %s is handled once in the end', async (lost) => {
    const relay = await startRelay(server)
    const handler = open(relay)
    const { key, token } = await claimed(store)
    const handling = handler.transaction(async (transaction) => {
      await effect(transaction, key)
      await store.completeIn(transaction, { key, token })
      relay.cutAt(/commit/i, lost)
    })
    await expect(handling).rejects.toThrow()

    // What the receiver does then, and what the vendor's retry meets.
    const isReleased = await store.release(key, token)
    const retry = await store.claim(key, LONG_MS)
    expect([isReleased, retry.state]).toEqual(lost === 'answer' ? [false, 'done'] : [true, 'claimed'])
    if (retry.state === 'claimed') {
      await client.transaction(async (transaction) => {
        await effect(transaction, key)
        await store.completeIn(transaction, { key, token: retry.token })
      })
    }
    expect(await effectsOf(client, key)).toBe(1)
    await handler.close()
    await relay.close()
  })
})

it('an error of the database names its code, so that a transaction can be tried again', async () => {
  const client = openPool(server)
  await migrate(client.client)
  const store = postgresStore(client.client)
  const { key, token } = await claimed(store)
  const failing = client.transaction(async (transaction) => {
    await run(transaction, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await run(transaction, 'SELECT 1')
    await store.extend(key, token, LONG_MS)
    await store.completeIn(transaction, { key, token })
  })
  await expect(failing).rejects.toMatchObject({ code: 'store-failed', cause: { code: '40001' } })
  await client.close()
})
