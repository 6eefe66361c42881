import { CountersignError, type KeyringRecord, type KeyringRecords } from '@countersign/core'
import { askerOf } from './ask.js'
import { keyringSql } from './keyring-sql.js'
import { createWatch } from './keyring-watch.js'
import { listenOf } from './listen.js'
import type { PostgresClient } from './postgres-client.js'
import { channelOf, requireOptions, type SchemaOption, schemaName } from './schema-name.js'
import { tryAgain } from './try-again.js'

const RECORD = /^([1-9]\d*) (.*)$/s

/**
 * Keyring records in PostgreSQL, for all instances and operators that share the database. `migrate` creates the table. To be
 * given to `sealed` or to `plaintextAtRest`.
 *
 * A change is told by NOTIFY, and watched by LISTEN where the client can: a pool of `pg` lends one of its connections for
 * it as long as anything is watched, if it may have more than one; a Client of `pg` listens itself; postgres.js opens a
 * connection of its own. What is lost is opened again, with growing pauses. End the watching before you end the pool.
 *
 * @throws CountersignError `option-invalid`; the methods reject with `store-failed`, whose cause has the message and the code of
 * the client's error.
 */
export function postgresKeyrings(client: PostgresClient, options: SchemaOption = {}): KeyringRecords {
  requireOptions(options, ['schema'])
  const schema = schemaName(options.schema)
  const sql = keyringSql(schema)
  const channel = channelOf(schema)
  const ask = askerOf(client, schema)
  const listen = listenOf(client)
  return Object.freeze<KeyringRecords>({
    async read(name) {
      const [row] = await tryAgain(() => ask(`read ${name}`, sql.read, [name]))
      return row === undefined ? undefined : recordOf(row)
    },
    async write(name, { version, text }, expectedVersion) {
      const values = [channel, name, String(version), text]
      const rows = await tryAgain(() =>
        expectedVersion === undefined
          ? ask(`write ${name}`, sql.insert, values)
          : ask(`write ${name}`, sql.update, [...values, String(expectedVersion)]),
      )
      return rows.length > 0
    },
    list: () => tryAgain(() => ask('list', sql.list, [])),
    ...(listen && { watch: createWatch(listen, channel) }),
  })
}

/** @throws CountersignError `store-failed`. */
function recordOf(row: string): KeyringRecord {
  const [, version, text] = RECORD.exec(row) ?? []
  if (text !== undefined && Number.isSafeInteger(Number(version))) return { version: Number(version), text }
  throw new CountersignError('store-failed', 'read: the answer makes no sense')
}
