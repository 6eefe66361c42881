// A vendor of the tests' own: it signs an id and a stamp, so that each retry has a new signature. The MAC is Node's.
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'

export const SECRET = 'a-secret-for-endurance'

/** For `defineProvider`. */
export const PROVIDER = {
  id: 'acme',
  title: 'Acme',
  docs: 'https://acme.example/webhooks',
  scheme: {
    kind: 'hmac',
    hash: 'sha256',
    signature: { header: 'x-acme-signature', encoding: 'hex' },
    timestamp: { header: 'x-acme-timestamp', unit: 's' },
    id: { header: 'x-acme-id' },
    signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
  },
  rotation: { kind: 'swap', defaultGraceMs: 3_600_000 },
}

export function signedHeaders(id, body, secret = SECRET) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('hex')
  return { 'x-acme-id': id, 'x-acme-timestamp': timestamp, 'x-acme-signature': mac }
}

/** A sender to one port; each `post` resolves to the status, or to undefined where the connection broke. */
export function createSender(port, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const post = (headers, body) =>
    new Promise((settle) => {
      const outgoing = request({
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/webhooks',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      })
      outgoing.on('error', () => settle(undefined))
      outgoing.on('response', (response) => {
        response.on('error', () => settle(undefined))
        response.resume().on('end', () => settle(response.complete ? response.statusCode : undefined))
      })
      outgoing.end(body)
    })
  return { post, close: () => agent.destroy() }
}
