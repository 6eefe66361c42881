import type { PostgresServer } from '@countersign/servers'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import postgres from 'postgres'
import type { PostgresClient } from '../src/index.js'

type Address = Pick<PostgresServer, 'url'>

/** A client of one of the kinds, with what tests need beside it. */
export interface OpenClient<Client extends PostgresClient = PostgresClient> {
  readonly client: Client
  /** Runs it within a transaction of the client's own kind, which is rolled back if it throws. */
  transaction<Result>(work: (transaction: PostgresClient) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** Opens a client to the server, or to a database of its own where it is embedded. */
export type Open = (server: Address) => OpenClient

/** Those that are connected to a server. */
export const REMOTE_CLIENTS: readonly { readonly kind: string; readonly open: Open }[] = [
  { kind: 'a pool of pg', open: openPool },
  { kind: 'postgres.js', open: openPostgresJs },
]

export const CLIENTS = [...REMOTE_CLIENTS, { kind: 'PGlite', open: openPglite }]

export function openPool({ url }: Address, config: pg.PoolConfig = {}): OpenClient<pg.Pool> {
  const client = new pg.Pool({ connectionString: url, ...config })
  // Without it, as pg says, the end of an idle connection ends the process.
  client.on('error', () => {})
  return {
    client,
    async transaction(work) {
      const connection = await client.connect()
      connection.on('error', () => {})
      let isBroken = true
      try {
        await connection.query('BEGIN')
        const result = await work(connection)
        await connection.query('COMMIT')
        isBroken = false
        return result
      } finally {
        // What is closed is rolled back, if it was not committed.
        connection.release(isBroken)
      }
    },
    close: () => client.end(),
  }
}

export function openPostgresJs({ url }: Address, options: postgres.Options<never> = {}): OpenClient<postgres.Sql> {
  // It prints notices unless told otherwise. There must be none.
  const onnotice = ({ message }: postgres.Notice) => Promise.reject(new Error(message))
  const client = postgres(url, { onnotice, ...options })
  return {
    client,
    transaction: (work) => client.begin((transaction) => work(transaction)) as Promise<never>,
    close: () => client.end({ timeout: 1 }),
  }
}

export function openPglite(): OpenClient<PGlite> {
  const client = new PGlite()
  return {
    client,
    transaction: (work) => client.transaction((transaction) => work(transaction)) as Promise<never>,
    close: () => client.close(),
  }
}

/** Runs a statement of the test's own. */
export async function run(
  where: OpenClient | PostgresClient,
  text: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = 'client' in where ? where.client : where
  const rows = 'unsafe' in client ? await client.unsafe(text, []) : (await client.query(text, [])).rows
  return rows as readonly Record<string, unknown>[]
}
