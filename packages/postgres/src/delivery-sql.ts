import { tableIn } from './schema-name.js'

const KEY = `sha256(convert_to($1::text, 'UTF8'))`
const TOKEN = '$2::text::uuid'
/** By the server's clock, the same for all instances. Not `now()`: that is before a claim has waited for a row. */
const UNTIL = `clock_timestamp() + $3::text::float8 * interval '1 millisecond'`

/** The statements about deliveries. `$1` is the key, `$2` a token, `$3` a duration in milliseconds, all as text. */
export interface DeliverySql {
  /** One row, or none where another was faster: 'claimed' and the attempt, 'in-progress' and milliseconds, or 'done'. */
  readonly claim: string
  readonly extend: string
  readonly complete: string
  readonly commit: string
  readonly release: string
  /** Deletes up to `$2` rows that nobody needs, but not those of the last `$1` hours, and gives their number. */
  readonly sweep: string
}

export function deliverySql(schema: string): DeliverySql {
  const table = tableIn(schema, 'deliveries')

  /**
   * Changes the row of a claim that nobody else has taken over since. A row for yes, none for no. It is a query, since there
   * are ORMs that give the rows of an update in another form.
   */
  function change(states: string, changes: string): string {
    return `WITH changed AS (
        UPDATE ${table} SET ${changes}
        WHERE key = ${KEY} AND token = ${TOKEN} AND state IN (${states})
        RETURNING state
      )
      TABLE changed`
  }

  return {
    // What is done or held is only read: a vendor's retry writes nothing, and waits for no transaction. The insertion looks
    // again, under the row's lock.
    claim: `WITH held AS (
        SELECT CASE WHEN state = 'leased'
          THEN 'in-progress ' || greatest(extract(epoch FROM until - clock_timestamp()) * 1000, 0.001)
          ELSE 'done' END
        FROM ${table}
        WHERE key = ${KEY} AND state <> 'released' AND until > clock_timestamp()
      ), won AS (
        INSERT INTO ${table} AS known (key, state, attempt, token, until)
        SELECT ${KEY}, 'leased', 1, ${TOKEN}, ${UNTIL}
        WHERE NOT EXISTS (SELECT FROM held)
        ON CONFLICT (key) DO UPDATE SET
          state = 'leased',
          attempt = CASE WHEN known.state IN ('leased', 'released') THEN known.attempt + 1 ELSE 1 END,
          token = excluded.token,
          until = ${UNTIL}
        WHERE known.state = 'released' OR known.until <= clock_timestamp()
        RETURNING 'claimed ' || attempt
      )
      TABLE held UNION ALL TABLE won`,
    // Of a claim that is committed there is nothing to extend: the receiver may ask, and completes it next.
    extend: change(`'leased', 'committed'`, `until = CASE WHEN state = 'leased' THEN ${UNTIL} ELSE until END`),
    complete: change(`'leased', 'committed'`, `state = 'done', until = ${UNTIL}`),
    commit: change(`'leased'`, `state = 'committed', until = ${UNTIL}`),
    release: change(`'leased'`, `state = 'released', until = clock_timestamp()`),
    // Rows that another works on at this moment are left to the next sweep. Within the current hour, each row has to be
    // looked at.
    sweep: `WITH gone AS (
        DELETE FROM ${table} WHERE key = ANY (ARRAY(
          SELECT key FROM ${table}
          WHERE sweep_hour <= floor(extract(epoch FROM now()) / 3600)::integer - $1::text::integer
            AND until <= now() - CASE WHEN state IN ('leased', 'released') THEN interval '24 hours' ELSE interval '0' END
          ORDER BY sweep_hour LIMIT $2::text::integer
          FOR UPDATE SKIP LOCKED
        )) RETURNING 1
      )
      SELECT count(*)::text FROM gone`,
  }
}
