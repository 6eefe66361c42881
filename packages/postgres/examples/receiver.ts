// One of any number of instances. They share the keys, so that a rotation reaches all of them without a restart, and what
// was handled: an effect and its mark are in one transaction, so that neither is there without the other.
import { createServer } from 'node:http'
import { autify } from '@countersign/autify'
import { autifyEvents } from '@countersign/autify/events'
import { createVerifier, keySource, sealed } from '@countersign/core'
import { createReceiver } from '@countersign/http'
import { toNode } from '@countersign/http/node'
import { postgresKeyrings, postgresStore } from '@countersign/postgres'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2_000 })
// Without it, the end of an idle connection would end the process.
pool.on('error', (error) => console.warn('a connection was lost:', error.message))

// Sealed: the table and its backups are of no use without the master key.
const keys = keySource(sealed(postgresKeyrings(pool), process.env.MASTER_KEY ?? ''), 'autify')
const store = postgresStore(pool)
const verifier = createVerifier(autify(), { keys, schema: autifyEvents })

const receiver = createReceiver(verifier, {
  idempotency: store,
  async handle(event, { claim }) {
    await inTransaction(async (transaction) => {
      await transaction.query('INSERT INTO test_runs (id, status) VALUES ($1, $2)', [event.id, event.status])
      // Last, since from here on the delivery is locked.
      await store.completeIn(transaction, claim)
    })
  },
})

async function inTransaction(work: (transaction: pg.PoolClient) => Promise<void>): Promise<void> {
  const connection = await pool.connect()
  let error: unknown
  // Told of as well as thrown, where a connection breaks.
  connection.on('error', () => {})
  try {
    await connection.query('BEGIN')
    await work(connection)
    await connection.query('COMMIT')
  } catch (thrown) {
    error = thrown
    throw thrown
  } finally {
    // After an error the connection is closed, which rolls back whatever was not committed.
    connection.release(error !== undefined)
  }
}

export const server = createServer(toNode(receiver)).listen(process.env.PORT ?? 3000)

/** In this order, so that no delivery loses its database, and the pool is not kept waiting. */
export async function stop(): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
  keys.close()
  await pool.end()
}
