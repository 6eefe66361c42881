import { Agent, request } from 'node:http'

/** A delivery as it goes over the wire. */
export interface Letter {
  readonly event: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Poster {
  /** The status; undefined where no answer came. */
  post(port: number, letter: Letter): Promise<number | undefined>
  close(): void
}

/** The drill's own header: by it, an instance notes which event was completed. It has no part in authentication. */
export const EVENT_HEADER = 'x-drill-event'

/** As long as vendors wait, about. */
const PATIENCE_MS = 10_000

export function createPoster(): Poster {
  const agent = new Agent({ keepAlive: true })
  return {
    post: (port, { event, headers, body }) =>
      new Promise((settle) => {
        const outgoing = request({
          host: '127.0.0.1',
          port,
          agent,
          method: 'POST',
          timeout: PATIENCE_MS,
          headers: { ...headers, 'content-length': Buffer.byteLength(body), [EVENT_HEADER]: event },
        })
        outgoing.on('timeout', () => outgoing.destroy())
        outgoing.on('error', () => settle(undefined))
        outgoing.on('response', (response) => {
          response.on('error', () => settle(undefined))
          response.on('close', () => settle(response.complete ? response.statusCode : undefined))
          response.resume()
        })
        outgoing.end(body)
      }),
    close: () => agent.destroy(),
  }
}
