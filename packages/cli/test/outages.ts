import { randomBytes } from 'node:crypto'
import { autify } from '@countersign/autify'
import {
  createVerifier,
  generateSecret,
  keyring,
  keySource,
  rotate,
  type Secret,
  sealed,
  sign,
} from '@countersign/core'
import { createReceiver } from '@countersign/http'
import type { Server } from '@countersign/servers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FRESHNESS, STORE_TIMEOUT_MS } from '../src/fleet/durations.js'
import { openStore, type SharedStore, startStore } from '../src/fleet/shared-store.js'
import type { StoreKind } from '../src/fleet/store-kinds.js'

const PROVIDER = autify()
const MASTER_KEY = randomBytes(32).toString('base64')
/** A server of a busy machine takes its time to come back. */
const SOON = { timeout: 20_000, interval: 100 }

/** A receiver whose store goes away and comes back. It is never started again itself. */
export function describeOutages(kind: StoreKind): void {
  describe(`a receiver on ${kind}`, { timeout: 60_000 }, () => {
    let server: Server
    let open: Pick<SharedStore, 'close'>[]

    beforeEach(async () => {
      server = await startStore(kind)
      open = []
    }, 60_000)

    afterEach(async () => {
      for (const store of open) await store.close()
      await server.stop()
    })

    const connect = () => {
      const store = openStore(kind, server.port)
      open.push(store)
      return store
    }

    /** Saves the first ring, and gives its secret. */
    async function saveRing(): Promise<Secret> {
      const key = generateSecret(PROVIDER)
      await sealed(connect().keyrings, MASTER_KEY).save('autify', keyring([{ id: 'key-1', secret: key }]), undefined)
      return key
    }

    function receiver() {
      const store = connect()
      const handle = vi.fn()
      const keys = keySource(sealed(store.keyrings, MASTER_KEY), 'autify', FRESHNESS)
      // Before its store: what is watched keeps a connection.
      open.unshift({ close: async () => keys.close() })
      const receive = createReceiver(createVerifier(PROVIDER, { keys }), {
        handle,
        idempotency: store.idempotency,
        storeTimeoutMs: STORE_TIMEOUT_MS,
        onError: () => undefined,
      })
      const send = async (id: string, key: Secret) => {
        const body = JSON.stringify({ id })
        const headers = await sign(PROVIDER, key, body)
        return receive(new Request('https://example.com/', { method: 'POST', body, headers }))
      }
      const status = async (id: string, key: Secret) => (await send(id, key)).status
      return { handle, send, status }
    }

    it('that is down at the start answers 503 to all, and works once it is there', async () => {
      const key = await saveRing()
      await server.kill()
      const { handle, send, status } = receiver()
      const answer = await send('event-1', key)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(await status('event-1', generateSecret(PROVIDER))).toBe(503)
      await server.restart()
      await vi.waitFor(async () => expect(await status('event-1', key)).toBe(200), SOON)
      expect(handle).toHaveBeenCalledOnce()
    })

    it('that goes down later answers 503, loses nothing, and knows afterwards what was done before', async () => {
      const key = await saveRing()
      const { handle, status } = receiver()
      expect(await status('event-1', key)).toBe(200)
      await server.kill()
      expect(await status('event-1', key)).toBe(503)
      expect(await status('event-2', key)).toBe(503)
      expect(handle).toHaveBeenCalledOnce()
      await server.restart()
      await vi.waitFor(async () => expect(await status('event-2', key)).toBe(200), SOON)
      expect(await status('event-1', key)).toBe(200)
      expect(handle).toHaveBeenCalledTimes(2)
    })

    it('that is down for longer than a ring may be old answers 503, and has the newest ring when it is back', async () => {
      const key = await saveRing()
      const { status } = receiver()
      expect(await status('event-1', key)).toBe(200)
      const operator = sealed(connect().keyrings, MASTER_KEY)
      const before = await operator.load('autify')
      if (before === undefined) throw new Error('the ring is gone')
      const { ring, key: next } = rotate(before.ring, PROVIDER)
      await operator.save('autify', ring, before.version)
      await server.kill()
      await new Promise((resume) => setTimeout(resume, FRESHNESS.maxStaleMs))
      expect(await status('event-2', key)).toBe(503)
      await server.restart()
      await vi.waitFor(async () => expect(await status('event-2', next.secret)).toBe(200), SOON)
    })

    it('that is frozen answers 503 in time, and goes on when it thaws', async () => {
      const key = await saveRing()
      const { handle, status } = receiver()
      expect(await status('event-1', key)).toBe(200)
      server.freeze()
      expect(await status('event-2', key)).toBe(503)
      server.thaw()
      await vi.waitFor(async () => expect(await status('event-2', key)).toBe(200), SOON)
      expect(handle).toHaveBeenCalledTimes(2)
    })
  })
}
