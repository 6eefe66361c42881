import { Agent, request } from 'node:http'
import type { Clock } from './clock.js'
import { NUMBER_HEADER } from './receiver.js'

/** A delivery as it goes over the wire. */
export interface Letter {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Sender {
  /** Posts a delivery; resolves to the status of the answer. The clock stands still meanwhile. */
  send(number: number, letter: Letter): Promise<number>
  close(): void
}

const CONNECTIONS = 16

/** A sender to a port of the loopback interface, over connections that stay open. */
export function createSender(port: number, clock: Clock): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const post = (number: number, { headers, body }: Letter) =>
    new Promise<number>((answered, failed) => {
      const outgoing = request({
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/webhooks',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': body.byteLength,
          [NUMBER_HEADER]: number,
        },
      })
      outgoing.on('response', (response) => {
        response.resume().on('end', () => answered(response.statusCode ?? 0))
      })
      outgoing.on('error', failed)
      outgoing.end(body)
    })
  return {
    send: (number, letter) => clock.holdWhile(() => post(number, letter)),
    close: () => agent.destroy(),
  }
}
