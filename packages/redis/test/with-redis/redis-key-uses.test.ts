import { type RedisServer, startRedis } from '@countersign/servers'
import { keyUseSuite } from '@countersign/testkit'
import { Redis } from 'ioredis'
import { createClient, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisKeyUses } from '../../src/index.js'
import { bothClients, connectPool } from '../clients.js'
import { storeUnderTest } from '../store-under-test.js'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server.stop())

describe.each([...bothClients, ['pool of node-redis', connectPool] as const])('%s keeps the contract', (_, connect) => {
  const start = () => storeUnderTest(server, connect, (client) => redisKeyUses(client))
  for (const { name, run } of keyUseSuite(start)) it(name, run)
})

describe('redisKeyUses', () => {
  let redis: Redis
  beforeAll(() => {
    redis = new Redis(server.url)
  })
  afterAll(() => redis.disconnect())

  it('has one key to a ring, under its prefix', async () => {
    await redis.flushall()
    await redisKeyUses(redis, { prefix: 'mine:' }).record('acme/one', [{ keyId: 'a b', lastUsed: 7 }])
    expect(await redis.keys('*')).toEqual(['mine:key-uses:acme/one'])
    expect(await redis.zrange('mine:key-uses:acme/one', '0', '-1', 'WITHSCORES')).toEqual(['a b', '7'])
    expect(await redisKeyUses(redis).read('acme/one')).toEqual([])
  })

  it.each([
    ['another kind of value', (key: string) => redis.set(key, 'text')],
    ['a time with a fraction', (key: string) => redis.zadd(key, '1.5', 'a')],
    ['no time', (key: string) => redis.zadd(key, 'inf', 'a')],
  ])('fails where there is %s', async (_, put) => {
    await redis.flushall()
    await put('countersign:key-uses:acme')
    await expect(redisKeyUses(redis).read('acme')).rejects.toMatchObject({ code: 'store-failed' })
  })

  it.each([2, 3] as const)('takes a client of ioredis that speaks RESP%i', async (protocol) => {
    const client = new Redis(server.url, { protocol })
    const uses = [{ keyId: 'a', lastUsed: Number.MAX_SAFE_INTEGER }]
    await redisKeyUses(client).record(`resp-${protocol}`, uses)
    expect(await redisKeyUses(client).read(`resp-${protocol}`)).toEqual(uses)
    client.disconnect()
  })

  it('takes a client that gives bytes', async () => {
    const inBytes = createClient({ url: server.url }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
    await inBytes.connect()
    const uses = [{ keyId: 'a', lastUsed: 1 }]
    await redisKeyUses(inBytes).record('bytes', uses)
    expect(await redisKeyUses(inBytes).read('bytes')).toEqual(uses)
    inBytes.destroy()
  })

  it.each([{ prefix: 7 }, { perfix: 'a:' }])('refuses the options %j', (options) => {
    expect(() => redisKeyUses(redis, options as never)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
  })
})
