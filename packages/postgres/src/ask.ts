import { CountersignError } from '@countersign/core'
import { codeOf, tellable } from './client-error.js'
import { type PostgresClient, queryOf } from './postgres-client.js'

/**
 * Runs a statement, and gives the text of each row.
 *
 * Statements take texts and give one column of text, and cast in SQL. So it makes no difference what a client makes of
 * numbers and times, and of the names of columns, which users can change.
 *
 * @throws CountersignError `store-failed`, saying what was asked.
 */
export type Ask = (what: string, text: string, values: readonly string[]) => Promise<readonly string[]>

/** Of PostgreSQL: undefined_table and invalid_schema_name. */
const MISSING = new Set(['42P01', '3F000'])

/** @throws CountersignError `option-invalid` for what is no client. */
export function askerOf(client: PostgresClient, schema: string): Ask {
  const query = queryOf(client)
  return async (what, text, values) => {
    try {
      return (await query(text, values)).map(textOf)
    } catch (error) {
      const isMissing = MISSING.has(codeOf(error) ?? '')
      const met = isMissing ? `${what}: a table is missing in "${schema}", so run migrate() or schema.sql` : what
      throw new CountersignError('store-failed', met, { cause: tellable(error) })
    }
  }
}

/** Of the only column, whatever its name has become; a row may also be a list. */
function textOf(row: unknown): string {
  const [text] = Object.values(row as object)
  if (typeof text === 'string') return text
  throw new TypeError('the client did not answer with a text')
}
