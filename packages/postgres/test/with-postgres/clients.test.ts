import type { PostgresServer } from '@countersign/servers'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, type PostgresClient, postgresKeyrings, postgresStore } from '../../src/index.js'
import { openPool, run } from '../clients.js'
import { startMigrated } from '../migrated-server.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startMigrated()
})
afterAll(() => server.stop())

/** Uses each statement, with all that it can answer. */
async function expectToWork(client: PostgresClient): Promise<void> {
  const store = postgresStore(client)
  const key = `key-${crypto.randomUUID()}`
  const first = await store.claim(key, 60_000)
  expect(first).toEqual({ state: 'claimed', token: expect.any(String), attempt: 1 })
  expect(await store.claim(key, 60_000)).toEqual({ state: 'in-progress', retryAfterMs: expect.any(Number) })
  const { token } = first as typeof first & { token: string }
  expect(await store.extend(key, token, 60_000)).toBe(true)
  expect(await store.release(key, token)).toBe(true)
  expect(await store.release(key, token)).toBe(false)
  const second = await store.claim(key, 60_000)
  expect(second).toMatchObject({ state: 'claimed', attempt: 2 })
  expect(await store.complete(key, (second as typeof first & { token: string }).token, 60_000)).toBe(true)
  expect(await store.claim(key, 60_000)).toEqual({ state: 'done' })
  expect(await store.sweep()).toBe(0)

  const records = postgresKeyrings(client)
  const name = `ring-${crypto.randomUUID()}`
  expect(await records.write(name, { version: 1, text: 'a ring' }, undefined)).toBe(true)
  expect(await records.write(name, { version: 2, text: 'of two words' }, 1)).toBe(true)
  expect(await records.write(name, { version: 2, text: 'too late' }, 1)).toBe(false)
  expect(await records.read(name)).toEqual({ version: 2, text: 'of two words' })
  expect(await records.read('none')).toBeUndefined()
  expect(await records.list()).toContain(name)
}

/** A user's own reading of a type. None but of text is to be asked for. */
function refuse(): never {
  throw new Error('a value other than text')
}

describe('works, whatever the user has set,', () => {
  it("with pg, and the user's own types", async () => {
    const types = { getTypeParser: (oid: number) => (oid === pg.types.builtins.TEXT ? String : refuse) }
    const { client, close } = openPool(server, { types: types as unknown as pg.CustomTypesConfig })
    await expectToWork(client)
    await close()
  })

  it('with pg, and types that were changed for all', async () => {
    const { INT8, TIMESTAMPTZ, BYTEA, INT4 } = pg.types.builtins
    const before = [INT8, TIMESTAMPTZ, BYTEA, INT4].map((oid) => [oid, pg.types.getTypeParser(oid, 'text')] as const)
    for (const [oid] of before) pg.types.setTypeParser(oid, refuse)
    const { client, close } = openPool(server)
    await expectToWork(client)
    await close()
    for (const [oid, parse] of before) pg.types.setTypeParser(oid, parse as never)
  })

  it('with pg, in binary and with a time zone and a path of its own', async () => {
    const options =
      '-c TimeZone=Asia/Kathmandu -c search_path=pg_temp -c DateStyle=German -c IntervalStyle=sql_standard'
    const config = { binary: true, options }
    const { client, close } = openPool(server, config)
    await expectToWork(client)
    await close()
  })

  it('with any key in a database that is not in UTF-8', async () => {
    const owner = openPool(server)
    await run(owner, `CREATE DATABASE latin1 ENCODING 'LATIN1' TEMPLATE template0`)
    await owner.close()
    const { client, close } = openPool({ url: server.url.replace(/postgres$/, 'latin1') })
    await migrate(client)
    const store = postgresStore(client)
    for (const key of ['\u00e9', '\u{1f511}', '\u4e2d', '\ud83d']) {
      expect(await store.claim(key, 60_000)).toMatchObject({ state: 'claimed' })
      expect(await store.claim(key, 60_000)).toMatchObject({ state: 'in-progress' })
    }
    await close()
  })

  it('with a Client of pg', async () => {
    const client = new pg.Client(server.url)
    await client.connect()
    await expectToWork(client)
    await client.end()
  })

  it('with postgres.js, types and names of columns of its own', async () => {
    const from = [16, 17, 20, 23, 701, 1184, 1700, 2950]
    const types = { all: { to: 20, from, parse: refuse, serialize: refuse } }
    const client = postgres(server.url, { types, transform: postgres.pascal })
    await expectToWork(client)
    await client.end()
  })

  it('with a connection that postgres.js has reserved', async () => {
    const client = postgres(server.url)
    const reserved = await client.reserve()
    await expectToWork(reserved)
    reserved.release()
    await client.end()
  })

  it('with PGlite, and parsers of its own', async () => {
    const client = new PGlite({
      parsers: { 16: refuse, 17: refuse, 20: refuse, 23: refuse, 1184: refuse, 2950: refuse },
    })
    await migrate(client)
    await expectToWork(client)
    await client.close()
  })

  it('with a function for raw queries, as those of ORMs are', async () => {
    const { client, close } = openPool(server)
    await expectToWork({ query: async (text, values) => ({ rows: (await client.query(text, values)).rows }) })
    await close()
  })
})

describe('a client', () => {
  it.each([undefined, null, 'postgres://', {}, { query: 'SELECT' }, () => [], new Map()])(
    'is not %s',
    async (wrong) => {
      const client = wrong as never
      const refused = expect.objectContaining({ code: 'option-invalid' })
      expect(() => postgresStore(client)).toThrow(refused)
      expect(() => postgresKeyrings(client)).toThrow(refused)
      await expect(migrate(client)).rejects.toThrow(refused)
      const store = postgresStore({ query: async () => ({ rows: [] }) })
      await expect(store.completeIn(client, { key: '', token: '' })).rejects.toThrow(refused)
    },
  )

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no rows', {}],
    ['no row, however often it is asked', { rows: [] }],
    ['a row without a column', { rows: [{}] }],
    ['a number', { rows: [{ answer: 1 }] }],
    ['another word', { rows: [{ answer: 'new' }] }],
    ['half of an answer', { rows: [{ answer: 'claimed' }] }],
    ['an attempt that is none', { rows: [{ answer: 'claimed 0' }] }],
    ['a time that is none', { rows: [{ answer: 'in-progress soon' }] }],
  ])('that answers a claim with %s has failed', async (_, answer) => {
    const store = postgresStore({ query: async () => answer as never })
    await expect(store.claim('key', 1)).rejects.toMatchObject({ code: 'store-failed' })
  })

  it.each(['', 'one two', 'one', '1.5 text', '-- ', '99999999999999999999 text'])(
    'that answers a read with "%s" has failed',
    async (answer) => {
      const records = postgresKeyrings({ query: async () => ({ rows: [{ answer }] }) })
      await expect(records.read('ring')).rejects.toMatchObject({ code: 'store-failed' })
    },
  )

  it('that throws has failed, and what it attached to its error is not handed on', async () => {
    const error = Object.assign(new Error('broken'), { code: 'X0000', detail: 'a secret', parameters: ['a secret'] })
    const records = postgresKeyrings({
      query() {
        throw error
      },
    })
    const failure = await records.write('ring', { version: 1, text: 'a secret' }, undefined).catch((thrown) => thrown)
    expect(failure).toMatchObject({ code: 'store-failed', cause: { message: 'broken', code: 'X0000' } })
    expect(Object.getOwnPropertyNames(failure.cause)).not.toContain('detail')
    expect(Object.getOwnPropertyNames(failure.cause)).not.toContain('parameters')
  })
})
