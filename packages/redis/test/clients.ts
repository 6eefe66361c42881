import { once } from 'node:events'
import { Redis } from 'ioredis'
import { createClient, createClientPool } from 'redis'
import { vi } from 'vitest'
import type { RedisClient } from '../src/index.js'

/** A client with settings as the README has them. */
export interface Connection {
  readonly client: RedisClient
  /** Resolves when it has its connection. */
  connected(): Promise<void>
  close(): void
}

export type Connect = (url: string) => Promise<Connection>

export const connectIoredis: Connect = async (url) => {
  const client = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  client.on('error', () => undefined)
  await once(client, 'ready')
  return { client, connected: () => answering(() => client.ping()), close: () => client.disconnect() }
}

export const connectNodeRedis: Connect = async (url) => {
  const client = createClient({ url, disableOfflineQueue: true })
  client.on('error', () => undefined)
  await client.connect()
  return { client, connected: () => answering(() => client.ping()), close: () => client.destroy() }
}

export const connectPool: Connect = async (url) => {
  const client = createClientPool({ url, disableOfflineQueue: true })
  client.on('error', () => undefined)
  await client.connect()
  return { client, connected: () => answering(() => client.ping()), close: () => client.destroy() }
}

export const bothClients: readonly (readonly [name: string, connect: Connect])[] = [
  ['ioredis', connectIoredis],
  ['node-redis', connectNodeRedis],
]

async function answering(ask: () => Promise<unknown>): Promise<void> {
  await vi.waitFor(ask, { timeout: 20_000, interval: 10 })
}
