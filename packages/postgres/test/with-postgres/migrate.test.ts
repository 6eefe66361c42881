import { readFileSync } from 'node:fs'
import { type PostgresServer, startPostgres } from '@countersign/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, postgresKeyrings, postgresKeyUses, postgresStore, schemaSql } from '../../src/index.js'
import { CLIENTS, type OpenClient, openPglite, openPool, REMOTE_CLIENTS, run } from '../clients.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

function fileText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

async function tablesOf(client: OpenClient, schema: string): Promise<unknown[]> {
  const rows = await run(client, `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`)
  return rows.map(({ tablename }) => tablename)
}

describe.each(CLIENTS)('migrate with $kind', ({ open }) => {
  let client: OpenClient
  let schemas = 0
  const isRemote = REMOTE_CLIENTS.some((remote) => remote.open === open)
  beforeAll(() => {
    client = open(server)
  })
  afterAll(() => client.close())

  /** For each test and client its own. */
  function newSchema(): string {
    schemas += 1
    return `${open.name}_${schemas}`
  }

  it('creates the schema and its tables', async () => {
    const schema = newSchema()
    await migrate(client.client, { schema })
    expect(await tablesOf(client, schema)).toEqual(['deliveries', 'key_uses', 'keyrings'])
  })

  it('changes nothing when it runs again', async () => {
    const schema = newSchema()
    await migrate(client.client, { schema })
    const store = postgresStore(client.client, { schema })
    await store.claim('key', 60_000)
    await migrate(client.client, { schema })
    expect(await store.claim('key', 60_000)).toMatchObject({ state: 'in-progress' })
  })

  it('may be run by eight at once', async () => {
    const schema = newSchema()
    // PGlite has one connection.
    const others = isRemote ? Array.from({ length: 7 }, () => open(server)) : Array(7).fill(client)
    await Promise.all([client, ...others].map((one) => migrate(one.client, { schema })))
    expect(await tablesOf(client, schema)).toEqual(['deliveries', 'key_uses', 'keyrings'])
    if (isRemote) await Promise.all(others.map((other) => other.close()))
  })

  it('without it, the error says what to do', async () => {
    const schema = newSchema()
    const store = postgresStore(client.client, { schema })
    const records = postgresKeyrings(client.client, { schema })
    const uses = postgresKeyUses(client.client, { schema })
    const asks = [
      ...[() => store.claim('key', 1), store.sweep, () => records.read('ring'), records.list],
      ...[() => uses.read('ring'), () => uses.record('ring', [{ keyId: 'a', lastUsed: 1 }])],
    ]
    for (const ask of asks) {
      await expect(ask()).rejects.toMatchObject({
        code: 'store-failed',
        message: expect.stringContaining(`a table is missing in "${schema}", so run migrate() or schema.sql`),
        cause: { code: '42P01' },
      })
    }
  })
})

describe('a schema', () => {
  let client: OpenClient
  beforeAll(() => {
    client = openPglite()
  })
  afterAll(() => client.close())

  it.each(['countersign', '_', 'Odd-Name_1', 'x'.repeat(54)])('is named %s, to the letter', async (schema) => {
    await migrate(client.client, { schema })
    const store = postgresStore(client.client, { schema })
    const records = postgresKeyrings(client.client, { schema })
    expect(await store.claim('key', 60_000)).toMatchObject({ state: 'claimed', attempt: 1 })
    expect(await records.write('ring', { version: 1, text: schema }, undefined)).toBe(true)
    expect(await tablesOf(client, schema)).toEqual(['deliveries', 'key_uses', 'keyrings'])
  })

  it('shares nothing with another', async () => {
    for (const schema of ['one', 'other']) await migrate(client.client, { schema })
    const [one, other] = ['one', 'other'].map((schema) => postgresStore(client.client, { schema }))
    await one?.claim('key', 60_000)
    expect(await other?.claim('key', 60_000)).toMatchObject({ state: 'claimed', attempt: 1 })
    const [ones, others] = ['one', 'other'].map((schema) => postgresKeyrings(client.client, { schema }))
    await ones?.write('ring', { version: 1, text: '' }, undefined)
    expect(await others?.list()).toEqual([])
    const [uses, otherUses] = ['one', 'other'].map((schema) => postgresKeyUses(client.client, { schema }))
    await uses?.record('ring', [{ keyId: 'a', lastUsed: 1 }])
    expect(await otherUses?.read('ring')).toEqual([])
  })

  it.each([
    ...['', ' ', 'two words', 'a"b', "a'b", 'a.b', 'a\0', '1a', '$countersign$', 'pg_catalog', 'ä', 'x'.repeat(55)],
    null as never,
    7 as never,
    {} as never,
  ])('is not named %j', async (schema) => {
    const refused = expect.objectContaining({ code: 'option-invalid' })
    expect(() => schemaSql(schema)).toThrow(refused)
    expect(() => postgresStore(client.client, { schema })).toThrow(refused)
    expect(() => postgresKeyrings(client.client, { schema })).toThrow(refused)
    expect(() => postgresKeyUses(client.client, { schema })).toThrow(refused)
    await expect(migrate(client.client, { schema })).rejects.toThrow(refused)
  })
})

describe('schema.sql', () => {
  it('is what migrate runs', async () => {
    // `npm run test:services -- -u packages/postgres` writes it.
    await expect(schemaSql()).toMatchFileSnapshot('../../public/schema.sql')
  })

  it('runs as a script does, twice', async () => {
    const client = openPool(server)
    for (let runs = 0; runs < 2; runs++) await client.client.query(fileText('../../public/schema.sql'))
    expect(await tablesOf(client, 'countersign')).toEqual(['deliveries', 'key_uses', 'keyrings'])
    await client.close()
  })
})

describe('with the rights that the README grants', () => {
  let owner: OpenClient
  let receiver: OpenClient
  let operator: OpenClient
  const grants = /```sql\n(CREATE ROLE[^`]*)```/.exec(fileText('../../README.md'))?.[1] ?? ''
  const denied = expect.objectContaining({ code: 'store-failed', cause: expect.objectContaining({ code: '42501' }) })
  const record = { version: 1, text: 'a ring' }

  beforeAll(async () => {
    owner = openPool(server)
    await migrate(owner.client)
    for (const grant of grants.split(';')) await run(owner, grant)
    const as = (role: string) => openPool({ url: server.url.replace('postgres@', `${role}@`) })
    receiver = as('webhook_receiver')
    operator = as('webhook_operator')
  })
  afterAll(() => Promise.all([owner, receiver, operator].map((client) => client.close())))

  it('a receiver handles deliveries and reads keyrings', async () => {
    const store = postgresStore(receiver.client)
    const records = postgresKeyrings(receiver.client)
    for (const end of ['release', 'complete'] as const) {
      const claim = await store.claim('key', 60_000)
      const token = 'token' in claim ? claim.token : ''
      expect(await store.extend('key', token, 60_000)).toBe(true)
      expect(await store[end]('key', token, 0)).toBe(true)
    }
    const claim = await store.claim('key', 60_000)
    await receiver.transaction((transaction) =>
      store.completeIn(transaction, { key: 'key', token: 'token' in claim ? claim.token : '' }, { keepMs: 0 }),
    )
    expect(await store.sweep()).toBe(1)
    expect(await records.list()).toEqual([])
    await expect(records.write('ring', record, undefined)).rejects.toThrow(denied)
  })

  it('an operator changes keyrings, and sees no delivery', async () => {
    const records = postgresKeyrings(operator.client)
    expect(await records.write('ring', record, undefined)).toBe(true)
    expect(await records.write('ring', { ...record, version: 2 }, 1)).toBe(true)
    expect(await postgresKeyrings(receiver.client).read('ring')).toEqual({ ...record, version: 2 })
    await expect(postgresStore(operator.client).claim('key', 1)).rejects.toThrow(denied)
  })

  it('a receiver records when keys were used, and an operator reads it', async () => {
    const uses = postgresKeyUses(receiver.client)
    for (const lastUsed of [1, 2]) await uses.record('ring', [{ keyId: 'a', lastUsed }])
    for (const one of [receiver, operator]) {
      expect(await postgresKeyUses(one.client).read('ring')).toEqual([{ keyId: 'a', lastUsed: 2 }])
    }
    await expect(postgresKeyUses(operator.client).record('ring', [{ keyId: 'a', lastUsed: 3 }])).rejects.toThrow(denied)
  })

  it('migrate adds the table of uses to what an older version made', async () => {
    await run(owner, 'DROP TABLE countersign.key_uses')
    await migrate(owner.client)
    await migrate(owner.client)
    expect(await postgresKeyUses(owner.client).read('ring')).toEqual([])
  })

  it('migrate changes nothing where all is there, and is refused where something is missing', async () => {
    await migrate(receiver.client)
    await migrate(operator.client)
    await expect(migrate(receiver.client, { schema: 'another' })).rejects.toThrow(denied)
  })
})
