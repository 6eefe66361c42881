import { type PostgresServer, startPostgres } from '@countersign/servers'
import { migrate } from '../src/index.js'
import { openPool } from './clients.js'

/** A server of its own, with the tables. */
export async function startMigrated(): Promise<PostgresServer> {
  const server = await startPostgres()
  const { client, close } = openPool(server)
  await migrate(client)
  await close()
  return server
}
