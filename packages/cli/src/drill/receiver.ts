import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CountersignError, createVerifier, type Keyring, type KeyState, statusOf } from '@countersign/core'
import type { DrillCase } from './cases.js'
import type { Clock } from './clock.js'
import { createReceiverKeys, type ReceiverKeys } from './receiver-keys.js'

/** The drill's own header, by which it finds an answer in the receiver's log. It has no part in authentication. */
export const NUMBER_HEADER = 'x-drill-delivery'

/** What the receiver logged about one delivery. */
export type LogEntry =
  | { readonly accepted: true; readonly key: string; readonly state: KeyState }
  | { readonly accepted: false; readonly reason: string }

/** The receiver's side: an HTTP server, its log, and its keys. */
export interface Receiver {
  readonly port: number
  readonly keys: ReceiverKeys
  readonly log: ReadonlyMap<number, LogEntry>
  close(): Promise<void>
}

/** Starts a receiver on a free port of the loopback interface. */
export async function startReceiver(drillCase: DrillCase, first: Keyring, clock: Clock): Promise<Receiver> {
  const keys = createReceiverKeys(drillCase, first, clock)
  const log = new Map<number, LogEntry>()
  const answer = createAnswerer(drillCase, keys, clock, log)
  const server = createServer(async (request, response) => {
    response.writeHead(await answer(request), { 'content-length': 0 }).end()
  })
  // The machine may be slow, but no connection is closed under a delivery.
  server.keepAliveTimeout = 0
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening)
  })
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { port: (server.address() as AddressInfo).port, keys, log, close }
}

/** Verifies a request, logs it, and says which status it is answered with. */
function createAnswerer({ provider }: DrillCase, keys: ReceiverKeys, clock: Clock, log: Map<number, LogEntry>) {
  // A function, so that a rotation needs no restart.
  const verifier = createVerifier(provider, { keys: () => keys.ring(), now: clock.now, observe: keys.observe })
  return async (request: IncomingMessage): Promise<number> => {
    const number = Number(request.headers[NUMBER_HEADER])
    try {
      const verdict = await verifier.verify({ headers: request.headers, body: await readBody(request) })
      if (!verdict.ok) {
        log.set(number, { accepted: false, reason: verdict.reason })
        return statusOf(verdict)
      }
      log.set(number, { accepted: true, key: verdict.keyId, state: verdict.keyState })
      return 200
    } catch (error) {
      // Ours, not the sender's: the vendor should try again.
      log.set(number, { accepted: false, reason: error instanceof CountersignError ? error.code : String(error) })
      return 503
    }
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
