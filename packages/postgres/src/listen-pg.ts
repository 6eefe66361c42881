import type { Listen } from './listen.js'
import { listenPersistently } from './listen-persistently.js'
import type { PgQuery } from './postgres-client.js'

/** A Pool of `pg`. */
export interface PgPool extends PgQuery {
  readonly totalCount: number
  readonly options?: { readonly max?: number | undefined } | undefined
  connect(): Promise<PgPoolClient>
}

interface PgPoolClient extends PgClient {
  release(isBroken: boolean): void
}

/** A Client of `pg`, connected by its owner. */
export interface PgClient extends PgQuery {
  escapeIdentifier(name: string): string
  on(event: 'notification' | 'error' | 'end', listener: (argument: never) => void): unknown
  removeListener(event: string, listener: (argument: never) => void): unknown
}

interface Notification {
  readonly channel: string
  readonly payload?: string | undefined
}

/** On a connection that the pool lends. It is not given back, so that no other finds it listening. */
export function listenOnPool(pool: PgPool): Listen {
  return listenPersistently(async (channel, notified, lost) => {
    const client = await pool.connect()
    let isReleased = false
    function release(): void {
      if (!isReleased) client.release(true)
      isReleased = true
    }
    function interrupted(): void {
      release()
      lost()
    }
    // Where nobody listens to it, an error of an idle connection ends the process.
    client.on('error', interrupted)
    client.on('end', interrupted)
    try {
      await subscribe(client, channel, notified)
    } catch (error) {
      release()
      throw error
    }
    return release
  })
}

/** On a connection that others use as well. If it is lost, its owner has to open another, and what watches only asks. */
export function listenOnClient(client: PgClient): Listen {
  return listenPersistently((channel, notified) => subscribe(client, channel, notified))
}

/** Resolves to what ends it. */
async function subscribe(client: PgClient, channel: string, notified: (payload: string) => void): Promise<() => void> {
  const name = client.escapeIdentifier(channel)
  const ignoreError = () => {}
  const onNotification = ({ channel: its, payload = '' }: Notification) => {
    if (its === channel) notified(payload)
  }
  function end(): void {
    client.removeListener('error', ignoreError)
    client.removeListener('notification', onNotification)
    Promise.resolve(client.query(`UNLISTEN ${name}`, [])).catch(() => undefined)
  }
  client.on('error', ignoreError)
  client.on('notification', onNotification)
  try {
    await client.query(`LISTEN ${name}`, [])
  } catch (error) {
    end()
    throw error
  }
  return end
}
