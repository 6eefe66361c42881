import type { Listen } from './listen.js'
import type { PostgresJs } from './postgres-client.js'

export interface PostgresJsListening extends PostgresJs {
  listen(
    channel: string,
    notified: (payload: string) => void,
    began: () => void,
  ): PromiseLike<{ unlisten(): PromiseLike<unknown> }>
}

/** On a connection of its own, which it opens again by itself, also where it could not at first. */
export function listenOnPostgresJs(client: PostgresJsListening): Listen {
  return (channel, listener) => {
    // After an interruption, `unlisten` ends nothing any more.
    let hasEnded = false
    const listening = client.listen(
      channel,
      (payload) => hasEnded || listener.notified(payload),
      () => hasEnded || listener.began(),
    )
    const settled = Promise.resolve(listening)
    settled.catch(() => undefined)
    return () => {
      hasEnded = true
      settled.then(({ unlisten }) => unlisten()).catch(() => undefined)
    }
  }
}
