export { migrate } from './migrate.js'
export type { PgQuery, PostgresClient, PostgresJs } from './postgres-client.js'
export { postgresKeyUses } from './postgres-key-uses.js'
export { postgresKeyrings } from './postgres-keyrings.js'
export {
  type CompleteInOptions,
  type PostgresStore,
  type PostgresStoreOptions,
  postgresStore,
} from './postgres-store.js'
export type { SchemaOption } from './schema-name.js'
export { schemaSql } from './schema-sql.js'
