import type { KeyringRecords } from '@countersign/core'
import type { PostgresServer } from '@countersign/servers'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, type Mock, vi } from 'vitest'
import { migrate, postgresKeyrings } from '../../src/index.js'
import { CLIENTS, type OpenClient, openPool, openPostgresJs, REMOTE_CLIENTS, run } from '../clients.js'
import { startMigrated } from '../migrated-server.js'

/** For a machine that is busy. What is told is told at once. */
const PATIENCE = { timeout: 20_000, interval: 5 }

let server: PostgresServer
beforeAll(async () => {
  server = await startMigrated()
})
afterAll(() => server.stop())

/** What a test opened, the last one first. */
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function opened(client: OpenClient): OpenClient {
  closing.push(() => client.close())
  return client
}

function recordsOf({ client }: OpenClient): KeyringRecords {
  return postgresKeyrings(client)
}

function newName(): string {
  return `ring-${crypto.randomUUID()}`
}

/** Watches rings until the end of the test. It is listening by then. */
async function watched(records: KeyringRecords, ...names: string[]) {
  const watches = names.map((name) => {
    const changed = vi.fn()
    const end = records.watch?.(name, changed) as () => void
    closing.push(end)
    return { changed, end }
  })
  for (const { changed } of watches) {
    await told(changed)
    changed.mockClear()
  }
  return watches as [Watched, Watched]
}

interface Watched {
  readonly changed: Mock
  readonly end: () => void
}

async function told(changed: () => void): Promise<void> {
  await vi.waitFor(() => expect(changed).toHaveBeenCalled(), PATIENCE)
}

/** How many connections of the server listen. */
async function listening(client: OpenClient): Promise<number> {
  return (await run(client, `SELECT FROM pg_stat_activity WHERE query ILIKE 'listen %'`)).length
}

describe.each(CLIENTS)('two writers with $kind', ({ open }) => {
  it('write each of 500 versions once', async () => {
    const clients = [opened(open(server))]
    if (REMOTE_CLIENTS.some((remote) => remote.open === open)) clients.push(opened(open(server)))
    await migrate((clients[0] as OpenClient).client)
    const name = newName()
    const VERSIONS = 500

    /** Writes whatever version is next, until all are there; gives those that it was told it has written. */
    async function write(records: KeyringRecords, writer: string): Promise<number[]> {
      const written: number[] = []
      for (;;) {
        const expected = (await records.read(name))?.version
        const version = (expected ?? 0) + 1
        if (version > VERSIONS) return written
        if (await records.write(name, { version, text: `${writer} ${version}` }, expected)) written.push(version)
      }
    }

    const [one, two] = await Promise.all([
      write(recordsOf(clients[0] as OpenClient), 'one'),
      write(recordsOf(clients.at(-1) as OpenClient), 'two'),
    ])
    expect([...(one ?? []), ...(two ?? [])].sort((a, b) => a - b)).toEqual(
      Array.from({ length: VERSIONS }, (_, index) => index + 1),
    )
    expect(await recordsOf(clients[0] as OpenClient).read(name)).toMatchObject({ version: VERSIONS })
  })

  it('create a ring once', async () => {
    const client = opened(open(server))
    await migrate(client.client)
    const name = newName()
    const writes = Array.from({ length: 20 }, (_, index) =>
      recordsOf(client).write(name, { version: 1, text: `${index}` }, undefined),
    )
    const answers = await Promise.all(writes)
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await recordsOf(client).read(name)).toEqual({ version: 1, text: String(answers.indexOf(true)) })
  })
})

it('under the isolation level serializable, who was later is told so', async () => {
  const options = '-c default_transaction_isolation=serializable'
  const records = recordsOf(opened(openPool(server, { options })))
  const name = newName()
  await records.write(name, { version: 1, text: '' }, undefined)
  for (let version = 2; version <= 20; version++) {
    const writes = Array.from({ length: 8 }, () => records.write(name, { version, text: '' }, version - 1))
    expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1)
  }
})

describe('a change', () => {
  it('reaches the watchers of each client, whichever client made it', async () => {
    const pool = opened(openPool(server))
    const postgresJs = opened(openPostgresJs(server))
    const client = new pg.Client(server.url)
    await client.connect()
    closing.push(() => client.end())
    const all = [recordsOf(pool), recordsOf(postgresJs), postgresKeyrings(client)]
    const name = newName()
    const watches = []
    for (const records of all) watches.push((await watched(records, name))[0])
    for (const [index, records] of all.entries()) {
      const expected = index === 0 ? undefined : index
      expect(await records.write(name, { version: index + 1, text: '' }, expected)).toBe(true)
      for (const { changed } of watches) {
        await told(changed)
        changed.mockClear()
      }
    }
  })

  it('is told to those who watch its ring, and not to others', async () => {
    const records = recordsOf(opened(openPool(server)))
    const [name, otherName] = [newName(), newName()]
    const [mine, other] = await watched(records, name, otherName)
    await records.write(name, { version: 1, text: '' }, undefined)
    await told(mine.changed)
    expect(other.changed).not.toHaveBeenCalled()
  })

  it('that was not made is not told', async () => {
    const records = recordsOf(opened(openPool(server)))
    const [name, last] = [newName(), newName()]
    await records.write(name, { version: 1, text: '' }, undefined)
    const [watch, lastWatch] = await watched(records, name, last)
    expect(await records.write(name, { version: 2, text: '' }, 5)).toBe(false)
    expect(await records.write(name, { version: 1, text: '' }, undefined)).toBe(false)
    await records.write(last, { version: 1, text: '' }, undefined)
    await told(lastWatch.changed)
    expect(watch.changed).not.toHaveBeenCalled()
  })

  it('in one schema is not told in another', async () => {
    const client = opened(openPool(server))
    await migrate(client.client, { schema: 'another' })
    const [records, others] = [recordsOf(client), postgresKeyrings(client.client, { schema: 'another' })]
    const [name, last] = [newName(), newName()]
    const [watch, lastWatch] = await watched(records, name, last)
    await others.write(name, { version: 1, text: '' }, undefined)
    await records.write(last, { version: 1, text: '' }, undefined)
    await told(lastWatch.changed)
    expect(watch.changed).not.toHaveBeenCalled()
  })

  it('is told to others when one of them throws', async () => {
    const records = recordsOf(opened(openPool(server)))
    const name = newName()
    closing.push(
      records.watch?.(name, () => {
        throw new Error('what a watcher throws')
      }) as () => void,
    )
    const [{ changed }] = await watched(records, name)
    await records.write(name, { version: 1, text: '' }, undefined)
    await told(changed)
  })
})

describe.each(REMOTE_CLIENTS)('watching with $kind', ({ open }) => {
  it('tells after the server was gone, of what may have been missed and of what comes', async () => {
    const client = opened(open(server))
    const records = recordsOf(client)
    const names = [newName(), newName()] as const
    const watches = await watched(records, ...names)
    await server.kill()
    await server.restart()
    for (const { changed } of watches) {
      await told(changed)
      changed.mockClear()
    }
    await expect.poll(() => records.write(names[1], { version: 1, text: '' }, undefined), PATIENCE).toBe(true)
    await told(watches[1].changed)
  })

  it('begins when the server is there', async () => {
    await server.kill()
    const client = opened(open(server))
    const changed = vi.fn()
    closing.push(recordsOf(client).watch?.(newName(), changed) as () => void)
    await expect(run(client, 'SELECT 1')).rejects.toThrow()
    await server.restart()
    await told(changed)
  })

  it('goes on when the server ends its connection', async () => {
    const client = opened(open(server))
    const records = recordsOf(client)
    const name = newName()
    const [{ changed }] = await watched(records, name)
    await run(client, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'listen %'`)
    await told(changed)
    changed.mockClear()
    await records.write(name, { version: 1, text: '' }, undefined)
    await told(changed)
  })

  it('tells nothing after its end', async () => {
    const records = recordsOf(opened(open(server)))
    const name = newName()
    const [ended, other] = await watched(records, name, name)
    ended.end()
    ended.end()
    await records.write(name, { version: 1, text: '' }, undefined)
    await told(other.changed)
    expect(ended.changed).not.toHaveBeenCalled()
  })
})

describe('one connection', () => {
  it('listens for all that is watched, from the first to the last, and is not left to the pool', async () => {
    const client = opened(openPool(server))
    const other = opened(openPool(server))
    const pool = client.client as pg.Pool
    const records = recordsOf(client)
    expect(await listening(other)).toBe(0)
    for (let times = 0; times < 2; times++) {
      const watches = await watched(records, newName(), newName())
      expect(await listening(other)).toBe(1)
      watches[0].end()
      expect(await listening(other)).toBe(1)
      watches[1].end()
      await expect.poll(() => listening(other), PATIENCE).toBe(0)
      expect(pool.totalCount).toBe(0)
    }
  })

  it('of a Client of pg goes on being used when nothing is watched any more', async () => {
    const client = new pg.Client(server.url)
    await client.connect()
    const listeners = () => client.listenerCount('notification') + client.listenerCount('error')
    const before = listeners()
    const records = postgresKeyrings(client)
    const name = newName()
    const [{ changed, end }] = await watched(records, name)
    end()
    await records.write(name, { version: 1, text: '' }, undefined)
    const { rows } = await client.query('SELECT pg_listening_channels()')
    expect([rows, listeners()]).toEqual([[], before])
    expect(changed).not.toHaveBeenCalled()
    await client.end()
  })

  it('of a Client of pg that breaks does not end the process', async () => {
    const client = new pg.Client(server.url)
    await client.connect()
    const [{ end }] = await watched(postgresKeyrings(client), newName())
    const gone = new Promise((resolve) => client.once('end', resolve))
    const other = opened(openPool(server))
    await run(other, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'listen %'`)
    await gone
    end()
  })

  it('that is the only one of its pool is not lent', () => {
    expect(recordsOf(opened(openPool(server, { max: 1 }))).watch).toBeUndefined()
  })

  it('is what a transaction or a function for raw queries cannot listen on', async () => {
    const postgresJs = opened(openPostgresJs(server))
    await postgresJs.transaction(async (transaction) => {
      expect(postgresKeyrings(transaction).watch).toBeUndefined()
    })
    expect(postgresKeyrings({ query: async () => ({ rows: [] }) }).watch).toBeUndefined()
  })
})
