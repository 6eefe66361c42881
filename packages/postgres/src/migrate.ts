import { askerOf } from './ask.js'
import type { PostgresClient } from './postgres-client.js'
import { type SchemaOption, schemaName } from './schema-name.js'
import { schemaSql } from './schema-sql.js'

/**
 * Creates the schema and its tables where they are missing. Many instances may do so at the same time, with each start.
 * Where all is there, it needs no right to create anything.
 *
 * @throws CountersignError `option-invalid`, `store-failed`.
 */
export async function migrate(client: PostgresClient, options: SchemaOption = {}): Promise<void> {
  const schema = schemaName(options.schema)
  await askerOf(client, schema)('migrate', schemaSql(schema), [])
}
