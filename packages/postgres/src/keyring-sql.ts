import { tableIn } from './schema-name.js'

/** The statements about keyrings. Values are texts, in the order in which they are named. */
export interface KeyringSql {
  /** name: the version, a space and the text. */
  readonly read: string
  readonly list: string
  /** channel, name, version, text: a row if there was none of that name. */
  readonly insert: string
  /** channel, name, version, text, expected version: a row if that was there. */
  readonly update: string
}

export function keyringSql(schema: string): KeyringSql {
  const table = tableIn(schema, 'keyrings')

  /** What is written is told to all that listen, when it is committed. */
  function told(writing: string): string {
    return `WITH written AS (${writing} RETURNING name)
      SELECT written.name FROM written CROSS JOIN LATERAL pg_notify($1::text, written.name)`
  }

  return {
    read: `SELECT version || ' ' || text FROM ${table} WHERE name = $1::text`,
    list: `SELECT name FROM ${table}`,
    insert: told(`INSERT INTO ${table} (name, version, text) VALUES ($2::text, $3::text::bigint, $4::text)
      ON CONFLICT (name) DO NOTHING`),
    update: told(`UPDATE ${table} SET version = $3::text::bigint, text = $4::text, changed_at = clock_timestamp()
      WHERE name = $2::text AND version = $5::text::bigint`),
  }
}
