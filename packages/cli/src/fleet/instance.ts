import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { autify } from '@countersign/autify'
import { createVerifier, type KeySource, keySource, sealed } from '@countersign/core'
import { createReceiver } from '@countersign/http'
import { toNode } from '@countersign/http/node'
import { FRESHNESS, LEASE_MS, STORE_TIMEOUT_MS } from './durations.js'
import { noteEffect } from './effects-log.js'
import { EVENT_HEADER } from './post.js'
import type { SharedStore } from './shared-store.js'
import type { StoreKind } from './store-kinds.js'

/** What an instance is started with, as JSON. */
export interface InstanceSettings {
  readonly store: StoreKind
  readonly storePort: number
  readonly keyring: string
  readonly masterKey: string
  /** The path of the log. */
  readonly effects: string
}

/** What an instance tells. Moments are in milliseconds since the epoch. */
export type InstanceMessage = { readonly port: number } | { readonly using: readonly string[]; readonly at: number }

const LONGEST_WORK_MS = 10

/**
 * Serves one of the receivers behind the round-robin, in a process of its own, as it would be deployed. It tells its parent
 * on which port it listens, and when it uses a key for the first time.
 */
export function serveInstance({ keyring, masterKey, effects }: InstanceSettings, store: SharedStore): void {
  const keys = telling(keySource(sealed(store.keyrings, masterKey), keyring, FRESHNESS))
  const receiver = createReceiver(createVerifier(autify(), { keys }), {
    idempotency: store.idempotency,
    leaseMs: LEASE_MS,
    storeTimeoutMs: STORE_TIMEOUT_MS,
    async handle(event) {
      const { id } = event as { id: string }
      noteEffect(effects, 'begin', id)
      await sleep(Math.random() * LONGEST_WORK_MS)
      noteEffect(effects, 'end', id)
    },
    observe({ handling }, request) {
      const id = request.headers.get(EVENT_HEADER)
      if (handling === 'handled' && id !== null) noteEffect(effects, 'done', id)
    },
    // The answers are judged, and they say it.
    onError: () => undefined,
  })
  // Whoever started it has gone.
  process.once('disconnect', () => process.exit())
  const server = createServer(toNode(receiver))
  server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
}

function tell(message: InstanceMessage): void {
  process.send?.(message)
}

/** Says which keys are used for the first time: those of the ring that a delivery is verified with. */
function telling(source: ReturnType<typeof keySource>): KeySource {
  const known = new Set<string>()
  const asked: KeySource = async (context) => {
    const ring = await source(context)
    const using = (ring?.keys ?? []).map(({ id }) => id).filter((id) => !known.has(id))
    for (const id of using) known.add(id)
    if (using.length > 0) tell({ using, at: Date.now() })
    return ring
  }
  return Object.assign(asked, { paced: source.paced })
}
