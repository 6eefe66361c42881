import { listenOnClient, listenOnPool, type PgClient, type PgPool } from './listen-pg.js'
import { listenOnPglite, type PgliteListening } from './listen-pglite.js'
import { listenOnPostgresJs, type PostgresJsListening } from './listen-postgres-js.js'
import { can, isPostgresJs, type PgQuery, type PostgresClient, type PostgresJs } from './postgres-client.js'

/** Who is told of what comes on a channel. */
interface Listener {
  /** From now on nothing is missed. Called again after each interruption. */
  began(): void
  notified(payload: string): void
}

/** Listens to a channel until it is ended. It never fails: what was lost is opened again. */
export type Listen = (channel: string, listener: Listener) => () => void

/** Undefined for a client that cannot. */
export function listenOf(client: PostgresClient): Listen | undefined {
  if (can(client, 'listen')) {
    return isPostgresJs(client)
      ? listenOnPostgresJs(client as PostgresJs as PostgresJsListening)
      : listenOnPglite(client as PgQuery as PgliteListening)
  }
  if (isPool(client)) {
    // To lend the only connection would leave none to ask with.
    return client.options?.max === 1 ? undefined : listenOnPool(client)
  }
  return isClient(client) ? listenOnClient(client) : undefined
}

function isPool(client: unknown): client is PgPool {
  return can(client, 'connect') && 'totalCount' in client
}

function isClient(client: unknown): client is PgClient {
  return can(client, 'escapeIdentifier') && can(client, 'on')
}
