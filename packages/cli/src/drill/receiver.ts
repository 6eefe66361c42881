import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createVerifier, type Keyring, type KeyState } from '@countersign/core'
import { createReceiver, memoryStore, type ReceiverObservation } from '@countersign/http'
import { toNode } from '@countersign/http/node'
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
export interface DrillReceiver {
  readonly port: number
  readonly keys: ReceiverKeys
  readonly log: ReadonlyMap<number, LogEntry>
  /** How often a delivery was handled. */
  timesHandled(number: number): number
  close(): Promise<void>
}

/** Starts a receiver on a free port of the loopback interface, which remembers so many deliveries. */
export async function startReceiver(
  drillCase: DrillCase,
  first: Keyring,
  deliveries: number,
  clock: Clock,
): Promise<DrillReceiver> {
  const { provider } = drillCase
  const keys = createReceiverKeys(drillCase, first, clock)
  const log = new Map<number, LogEntry>()
  /** How often the handler ran, by idempotency key; and the keys that it is said to have run for, by delivery. */
  const runs = new Map<string, number>()
  const keysHandled = new Map<number, string>()
  // A function, so that a rotation needs no restart.
  const verifier = createVerifier(provider, { keys: () => keys.ring(), now: clock.now, observe: keys.observe })
  const receiver = createReceiver(verifier, {
    handle(_event, { idempotencyKey }) {
      runs.set(idempotencyKey, (runs.get(idempotencyKey) ?? 0) + 1)
    },
    idempotency: memoryStore({ maxEntries: deliveries }),
    observe(observation, { headers }) {
      const number = Number(headers.get(NUMBER_HEADER))
      log.set(number, entryOf(observation))
      const { handling, idempotencyKey } = observation
      if (handling === 'handled' && idempotencyKey !== undefined) keysHandled.set(number, idempotencyKey)
    },
    // The log has it.
    onError: () => {},
  })
  const server = createServer(toNode(receiver))
  // The machine may be slow, but no connection is closed under a delivery.
  server.keepAliveTimeout = 0
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening)
  })
  const timesHandled = (number: number) => runs.get(keysHandled.get(number) ?? '') ?? 0
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { port: (server.address() as AddressInfo).port, keys, log, timesHandled, close }
}

function entryOf({ outcome, reason, error, keyId, keyState }: ReceiverObservation): LogEntry {
  if (outcome === 'accepted' && keyId !== undefined && keyState !== undefined) {
    return { accepted: true, key: keyId, state: keyState }
  }
  return { accepted: false, reason: reason ?? error ?? outcome }
}
