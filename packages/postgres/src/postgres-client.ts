import { CountersignError } from '@countersign/core'

/**
 * What runs one statement with values: `pg`'s Pool, Client and PoolClient, PGlite and its transactions, and any function
 * for raw queries, given as `query`.
 */
export interface PgQuery {
  /** Runs a statement with values for `$1`, `$2` and so on. */
  query(
    text: string,
    values: string[],
  ): PromiseLike<{
    /** One object to each row, by columns. */
    readonly rows: readonly unknown[]
  }>
}

/** The `sql` of postgres.js, that of `sql.begin`, and that of `sql.reserve`. */
export interface PostgresJs {
  /** Runs a statement with values for `$1`, `$2` and so on, and gives its rows. */
  unsafe(text: string, values: string[]): PromiseLike<readonly unknown[]>
}

/** Known by what it can do, so that this package imports none of them. */
export type PostgresClient = PgQuery | PostgresJs

/** Runs one statement, and gives its rows. */
export type Query = (text: string, values: readonly string[]) => Promise<readonly unknown[]>

/** @throws CountersignError `option-invalid` for what is no client. */
export function queryOf(client: PostgresClient): Query {
  if (isPostgresJs(client)) return async (text, values) => client.unsafe(text, [...values])
  if (can(client, 'query')) return async (text, values) => (await client.query(text, [...values])).rows
  throw new CountersignError('option-invalid', 'a client is of pg, postgres.js or PGlite, or { query(text, values) }')
}

export function isPostgresJs(client: unknown): client is PostgresJs {
  return can(client, 'unsafe')
}

/** Whether it has such a method. Whatever was passed: it is asked before anything is known of it. */
export function can<Method extends string>(client: unknown, method: Method): client is Record<Method, () => unknown> {
  return typeof (client as Partial<Record<Method, unknown>> | null | undefined)?.[method] === 'function'
}

/**
 * What runs each statement on any connection would commit the mark by itself: the effect could be rolled back and never come
 * again. A single connection cannot be told from its transaction.
 *
 * @throws CountersignError `option-invalid`.
 */
export function requireTransaction(client: PostgresClient): void {
  const isPool = typeof (client as { totalCount?: unknown } | undefined)?.totalCount === 'number'
  const isSql = can(client, 'begin') && !can(client, 'savepoint')
  const isPglite = can(client, 'transaction') && can(client, 'listen')
  if (!isPool && !isSql && !isPglite) return
  throw new CountersignError(
    'option-invalid',
    'completeIn takes the transaction, and not the pool or client that began it',
  )
}
