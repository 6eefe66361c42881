import { tableIn } from './schema-name.js'

/** The statements about when keys were last used. Values are texts, in the order in which they are named. */
export interface KeyUseSql {
  /** ring, a JSON list of pairs of a key's id and milliseconds, each key once. */
  readonly record: string
  /** ring: the milliseconds, a space and the key's id. */
  readonly read: string
}

export function keyUseSql(schema: string): KeyUseSql {
  const table = tableIn(schema, 'key_uses')
  return {
    // A query: there are ORMs that give the rows of an insertion in another form.
    record: `WITH written AS (
        INSERT INTO ${table} AS kept (ring, key_id, last_used)
        SELECT $1::text, use ->> 0, (use ->> 1)::bigint FROM json_array_elements($2::text::json) AS use
        ON CONFLICT (ring, key_id) DO UPDATE SET last_used = greatest(kept.last_used, excluded.last_used)
        WHERE kept.last_used < excluded.last_used
        RETURNING key_id
      )
      SELECT key_id FROM written`,
    read: `SELECT last_used || ' ' || key_id FROM ${table} WHERE ring = $1::text`,
  }
}
