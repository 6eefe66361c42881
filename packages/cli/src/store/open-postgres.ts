import { migrate, postgresKeyrings, postgresKeyUses } from '@countersign/postgres'
import { Client } from 'pg'
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS, type OpenedRecords, type RecordsOptions } from './records.js'

/** Connected, or rejected with the client's error. */
export async function openPostgres(url: string, { schema }: RecordsOptions): Promise<OpenedRecords> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  })
  // A connection that is lost fails what is asked next.
  client.on('error', () => undefined)
  const options = schema === undefined ? {} : { schema }
  const keyrings = postgresKeyrings(client, options)
  await client.connect()
  return {
    keyrings,
    keyUses: postgresKeyUses(client, options),
    migrate: () => migrate(client, options),
    close: () => client.end(),
  }
}
