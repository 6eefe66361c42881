import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type RedisServer, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { redisKeyrings, redisKeyUses, redisStore } from '../../src/index.js'
import type { Connection } from '../clients.js'

const HOUR_MS = 3_600_000
const SOON = { timeout: 20_000, interval: 10 }
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

let server: RedisServer
/** May do everything. */
let redis: Redis

beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
  for (const [, line = ''] of README.matchAll(/^ACL (SETUSER .*)$/gm)) await redis.call('ACL', ...line.split(' '))
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

beforeEach(() => redis.flushall())

type Login = (user: string) => Promise<Connection>

const loginIoredis: Login = async (username) => {
  const settings = { username, password: `${username}-password` }
  const client = new Redis(server.url, { ...settings, enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  await once(client, 'ready')
  return { client, connected: async () => {}, close: () => client.disconnect() }
}

const loginNodeRedis: Login = async (username) => {
  const client = createClient({ url: server.url, username, password: `${username}-password` })
  await client.connect()
  return { client, connected: async () => {}, close: () => client.destroy() }
}

describe.each([
  ['ioredis', loginIoredis],
  ['node-redis', loginNodeRedis],
])('with the access that the README gives, on %s,', (_, login) => {
  it('a receiver handles deliveries, and reads and watches keyrings', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { client, close } = await login('receiver')
    const store = redisStore(client)
    for (const keepMs of [HOUR_MS, 0]) {
      const claim = await store.claim(`key ${keepMs}`, HOUR_MS)
      if (claim.state !== 'claimed') throw new Error(claim.state)
      expect(await store.extend(`key ${keepMs}`, claim.token, HOUR_MS)).toBe(true)
      expect(await store.complete(`key ${keepMs}`, claim.token, keepMs)).toBe(true)
    }
    const released = await store.claim('released', HOUR_MS)
    if (released.state === 'claimed') expect(await store.release('released', released.token)).toBe(true)

    const records = redisKeyrings(client)
    const changed = vi.fn()
    const end = records.watch?.('autify', changed)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    await redis.hset('countersign:keyrings', 'autify', '1 text')
    expect(await records.read('autify')).toEqual({ version: 1, text: 'text' })
    expect(await records.list()).toEqual(['autify'])
    end?.()
    close()
    expect(warned).not.toHaveBeenCalled()
    warned.mockRestore()
  })

  it('a receiver changes no keyring', async () => {
    const { client, close } = await login('receiver')
    await expect(redisKeyrings(client).write('autify', { version: 1, text: '' }, undefined)).rejects.toMatchObject({
      code: 'store-failed',
      cause: { message: expect.stringContaining('NOPERM') },
    })
    expect(await redis.exists('countersign:keyrings')).toBe(0)
    close()
  })

  it('an operator writes keyrings, and touches no delivery', async () => {
    const { client, close } = await login('operator')
    const records = redisKeyrings(client)
    expect(await records.write('autify', { version: 1, text: 'one' }, undefined)).toBe(true)
    expect(await records.write('autify', { version: 2, text: 'two' }, 1)).toBe(true)
    expect(await records.read('autify')).toEqual({ version: 2, text: 'two' })
    expect(await records.list()).toEqual(['autify'])
    await expect(redisStore(client).claim('key', HOUR_MS)).rejects.toMatchObject({ code: 'store-failed' })
    close()
  })

  it('a receiver records when keys were used, an operator reads it, and neither does more', async () => {
    const [receiver, operator] = [await login('receiver'), await login('operator')]
    const use = { keyId: 'a', lastUsed: 1 }
    const denied = { code: 'store-failed', cause: { message: expect.stringMatching(/NOPERM|permission/i) } }
    await redisKeyUses(receiver.client).record('autify', [use])
    expect(await redisKeyUses(operator.client).read('autify')).toEqual([use])
    await expect(redisKeyUses(operator.client).record('autify', [use])).rejects.toMatchObject(denied)
    await expect(redisKeyUses(receiver.client).read('autify')).rejects.toMatchObject(denied)
    receiver.close()
    operator.close()
  })

  it('who may not publish has written nothing', async () => {
    await redis.call('ACL', 'SETUSER', 'operator', 'resetchannels')
    const { client, close } = await login('operator')
    await expect(redisKeyrings(client).write('autify', { version: 1, text: '' }, undefined)).rejects.toMatchObject({
      code: 'store-failed',
    })
    expect(await redis.exists('countersign:keyrings')).toBe(0)
    close()
    await redis.call('ACL', 'SETUSER', 'operator', '&countersign:keyrings')
  })
})
