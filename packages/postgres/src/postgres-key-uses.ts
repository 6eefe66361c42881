import { CountersignError, type KeyUseRecord, type KeyUseRecords, latestKeyUses } from '@countersign/core'
import { askerOf } from './ask.js'
import { keyUseSql } from './key-use-sql.js'
import type { PostgresClient } from './postgres-client.js'
import { requireOptions, type SchemaOption, schemaName } from './schema-name.js'
import { tryAgain } from './try-again.js'

const ROW = /^(\d+) (.*)$/

/**
 * When keys were last used, in PostgreSQL, for all instances that share the database. `migrate` creates the table.
 *
 * @throws CountersignError `option-invalid`; the methods reject with `store-failed`, whose cause has the message and the code of
 * the client's error, and `record` with `keyring-name-invalid` and `option-invalid` for what is no ring, key or time.
 */
export function postgresKeyUses(client: PostgresClient, options: SchemaOption = {}): KeyUseRecords {
  requireOptions(options, ['schema'])
  const schema = schemaName(options.schema)
  const sql = keyUseSql(schema)
  const ask = askerOf(client, schema)
  return Object.freeze<KeyUseRecords>({
    async record(ring, uses) {
      const pairs = latestKeyUses(ring, uses).map(({ keyId, lastUsed }) => [keyId, lastUsed])
      await tryAgain(() => ask(`record ${ring}`, sql.record, [ring, JSON.stringify(pairs)]))
    },
    async read(ring) {
      // Of PostgreSQL a text can hold no NUL, and no ring has such a name.
      if (ring.includes('\0')) return []
      const rows = await tryAgain(() => ask('read uses', sql.read, [ring]))
      return rows.map(useOf)
    },
  })
}

/** @throws CountersignError `store-failed`. */
function useOf(row: string): KeyUseRecord {
  const [, lastUsed, keyId] = ROW.exec(row) ?? []
  if (keyId !== undefined && Number.isSafeInteger(Number(lastUsed))) return { keyId, lastUsed: Number(lastUsed) }
  throw new CountersignError('store-failed', 'read uses: the answer makes no sense')
}
