import { type RedisServer, startRedis } from '@countersign/servers'
import { Cluster, Redis } from 'ioredis'
import { createCluster } from 'redis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { redisKeyrings, redisStore } from '../../src/index.js'
import type { Connection } from '../clients.js'

const HOUR_MS = 3_600_000
const SOON = { timeout: 20_000, interval: 20 }

// One node with all slots: what matters is that each script keeps to one key, and that the clients find their way.
let server: RedisServer
let redis: Redis

beforeAll(async () => {
  server = await startRedis({ 'cluster-enabled': 'yes', 'cluster-announce-ip': '127.0.0.1' })
  redis = new Redis(server.url)
  redis.on('error', () => undefined)
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await untilUp()
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

async function untilUp(): Promise<void> {
  await vi.waitFor(async () => expect(await redis.cluster('INFO')).toContain('cluster_state:ok'), SOON)
}

async function connectIoredis(): Promise<Connection> {
  const client = new Cluster([{ host: '127.0.0.1', port: server.port }], { redisOptions: { maxRetriesPerRequest: 1 } })
  client.on('error', () => undefined)
  return { client, connected: () => vi.waitFor(() => client.ping(), SOON).then(), close: () => client.disconnect() }
}

async function connectNodeRedis(): Promise<Connection> {
  const client = createCluster({ rootNodes: [{ url: server.url }], defaults: { disableOfflineQueue: true } })
  client.on('error', () => undefined)
  await client.connect()
  return { client, connected: () => vi.waitFor(() => client.get('any'), SOON).then(), close: () => client.destroy() }
}

describe.each([
  ['Cluster of ioredis', connectIoredis],
  ['cluster of node-redis', connectNodeRedis],
])('%s', (_, connect) => {
  it('claims, and keeps keyrings, and watches them across an outage', async () => {
    await redis.flushall()
    const { client, connected, close } = await connect()
    const store = redisStore(client)
    for (const key of ['a', 'b', '{c}d', 'e}']) {
      const claim = await store.claim(key, HOUR_MS)
      if (claim.state !== 'claimed') throw new Error(claim.state)
      expect(await store.extend(key, claim.token, HOUR_MS)).toBe(true)
      expect(await store.complete(key, claim.token, HOUR_MS)).toBe(true)
      expect(await store.claim(key, HOUR_MS)).toEqual({ state: 'done' })
    }

    const records = redisKeyrings(client)
    const changed = vi.fn()
    const end = records.watch?.('autify', changed)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    changed.mockClear()
    expect(await records.write('autify', { version: 1, text: 'one' }, undefined)).toBe(true)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)

    await server.kill()
    await server.restart()
    await untilUp()
    await connected()
    expect(await records.read('autify')).toEqual({ version: 1, text: 'one' })
    expect(await store.claim('a', HOUR_MS)).toEqual({ state: 'done' })
    changed.mockClear()
    let version = 1
    await vi.waitFor(async () => {
      await records.write('autify', { version: version + 1, text: 'next' }, version)
      version += 1
      expect(changed).toHaveBeenCalled()
    }, SOON)
    end?.()
    close()
  })
})
