import type { Listen } from './listen.js'
import { listenPersistently } from './listen-persistently.js'
import type { PgQuery } from './postgres-client.js'

export interface PgliteListening extends PgQuery {
  listen(channel: string, notified: (payload: string) => void): Promise<() => Promise<void>>
}

/** In the same process: there is no connection to be lost. */
export function listenOnPglite(client: PgliteListening): Listen {
  return listenPersistently(async (channel, notified) => {
    // It takes a name as it stands in a statement.
    const unlisten = await client.listen(`"${channel}"`, notified)
    return () => {
      unlisten().catch(() => undefined)
    }
  })
}
