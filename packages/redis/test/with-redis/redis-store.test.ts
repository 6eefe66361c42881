import { type RedisServer, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RedisClient, redisStore } from '../../src/index.js'
import { bothClients, type Connection } from '../clients.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Far more than the moment between a call and the look at what it left. */
const MOMENT_MS = 60_000

let server: RedisServer
/** An operator's client, to look at what is there. */
let redis: Redis

beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
  redis.on('error', () => undefined)
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

/** The token of a claim that is expected to succeed. */
async function claimed(claim: ReturnType<ReturnType<typeof redisStore>['claim']>): Promise<string> {
  const result = await claim
  if (result.state !== 'claimed') throw new Error(result.state)
  return result.token
}

async function expectTimeLeft(key: string, ms: number): Promise<void> {
  const left = await redis.pttl(key)
  expect(left).toBeLessThanOrEqual(ms)
  expect(left).toBeGreaterThan(ms - MOMENT_MS)
}

describe.each(bothClients)('redisStore on %s', (_, connect) => {
  let connection: Connection
  let client: RedisClient

  beforeEach(async () => {
    await redis.flushall()
    connection = await connect(server.url)
    client = connection.client
    return () => connection.close()
  })

  it('has a key to each delivery, which is kept for the lease and a day, a day, or the time that was asked for', async () => {
    const store = redisStore(client)
    const key = 'countersign:delivery:key'
    let token = await claimed(store.claim('key', HOUR_MS))
    expect(await redis.get(key)).toMatch(new RegExp(`^leased 1 \\d{13} ${token}$`))
    await expectTimeLeft(key, HOUR_MS + DAY_MS)
    await store.extend('key', token, 2 * HOUR_MS)
    await expectTimeLeft(key, 2 * HOUR_MS + DAY_MS)
    await store.release('key', token)
    expect(await redis.get(key)).toMatch(/^released 1 \d{13} /)
    await expectTimeLeft(key, DAY_MS)
    token = await claimed(store.claim('key', HOUR_MS))
    await store.complete('key', token, HOUR_MS)
    expect(await redis.get(key)).toBe('done')
    await expectTimeLeft(key, HOUR_MS)
    expect(await redis.keys('*')).toEqual([key])
  })

  it('puts its prefix before the names', async () => {
    await redisStore(client, { prefix: 'shop/' }).claim('key', HOUR_MS)
    expect(await redis.keys('*')).toEqual(['shop/delivery:key'])
    expect(await redisStore(client).claim('key', HOUR_MS)).toMatchObject({ state: 'claimed' })
  })

  it('leaves keys readable, and no two the same', async () => {
    const store = redisStore(client)
    const keys = ['5f2b6a', 'ordre-é-🔑', 'a"b\\c', '\0', '\\u0000', '\ud800', '\udc00', '\ufffd']
    for (const key of keys) await claimed(store.claim(key, HOUR_MS))
    const names = (await redis.keys('*')).map((name) => name.slice('countersign:delivery:'.length))
    expect(names.sort()).toEqual(
      ['5f2b6a', 'ordre-é-🔑', 'a\\"b\\\\c', '\\u0000', '\\\\u0000', '\\ud800', '\\udc00', '\ufffd'].sort(),
    )
  })

  it.each([Infinity, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 1e21, 1e15])('takes %d for a duration', async (ms) => {
    const store = redisStore(client)
    const token = await claimed(store.claim('key', ms))
    const { retryAfterMs } = (await store.claim('key', ms)) as { retryAfterMs: number }
    expect(retryAfterMs).toBeGreaterThan(1e15 - MOMENT_MS)
    expect(retryAfterMs).toBeLessThanOrEqual(ms)
    expect(await store.extend('key', token, ms)).toBe(true)
    expect(await store.complete('key', token, ms)).toBe(true)
    expect(await redis.pttl('countersign:delivery:key')).toBeGreaterThan(1e15 - MOMENT_MS)
    expect(await store.claim('key', ms)).toEqual({ state: 'done' })
  })

  it('takes parts of a millisecond', async () => {
    const store = redisStore(client)
    const token = await claimed(store.claim('key', HOUR_MS + 0.25))
    expect(await store.extend('key', token, HOUR_MS + 0.5)).toBe(true)
    expect(await store.complete('key', token, HOUR_MS + 0.75)).toBe(true)
    await expectTimeLeft('countersign:delivery:key', HOUR_MS + 1)
  })

  it('forgets at once what is kept for no time', async () => {
    const store = redisStore(client)
    expect(await store.complete('key', await claimed(store.claim('key', HOUR_MS)), 0)).toBe(true)
    expect(await redis.keys('*')).toEqual([])
  })

  it.each([-1, Number.NaN])('refuses %d for a duration', async (ms) => {
    const store = redisStore(client)
    await expect(store.claim('key', ms)).rejects.toMatchObject({ code: 'option-invalid' })
    await expect(store.extend('key', 'token', ms)).rejects.toMatchObject({ code: 'option-invalid' })
    await expect(store.complete('key', 'token', ms)).rejects.toMatchObject({ code: 'option-invalid' })
    expect(await redis.keys('*')).toEqual([])
  })

  it('goes on when the server has forgotten its scripts', async () => {
    const store = redisStore(client)
    const token = await claimed(store.claim('key', HOUR_MS))
    await redis.script('FLUSH')
    expect(await store.extend('key', token, HOUR_MS)).toBe(true)
    await server.kill()
    await server.restart()
    await connection.connected()
    expect(await store.claim('key', HOUR_MS)).toMatchObject({ state: 'in-progress' })
    expect(await store.complete('key', token, HOUR_MS)).toBe(true)
  })

  it('is one command to a claim once the server knows the script', async () => {
    const store = redisStore(client)
    await store.claim('first', HOUR_MS)
    await redis.config('RESETSTAT')
    await store.claim('second', HOUR_MS)
    const calls = [...(await redis.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g)]
    // Those of the script are within it.
    expect(Object.fromEntries(calls.map(([, name, count]) => [name, Number(count)]))).toMatchObject({ evalsha: 1 })
    expect(calls.map(([, name]) => name)).not.toContain('eval')
  })

  it('gives a claim that is sent twice to its sender, as one', async () => {
    // A client that lost its connection before the reply sends the command again.
    const store = redisStore(twice(client))
    expect(await store.claim('key', HOUR_MS)).toMatchObject({ state: 'claimed', attempt: 1 })
    expect(await store.claim('key', HOUR_MS)).toMatchObject({ state: 'in-progress' })
  })

  it.each([
    ['text', () => redis.set('countersign:delivery:key', 'something')],
    ['a record that is cut short', () => redis.set('countersign:delivery:key', 'leased 1 1767225600000')],
    ['another type', () => redis.hset('countersign:delivery:key', 'field', 'value')],
  ])('calls nothing new where it finds %s', async (_, put) => {
    await put()
    const store = redisStore(client)
    for (const call of [store.claim('key', 1), store.extend('key', 'token', 1), store.release('key', 'token')]) {
      await expect(call).rejects.toMatchObject({ code: 'store-failed', cause: expect.any(Error) })
    }
  })

  it('calls nothing new when it does not understand the reply', async () => {
    for (const reply of [
      null,
      undefined,
      '',
      'OK',
      1,
      ['claimed 1'],
      'claimed',
      'claimed 0',
      'in-progress -1',
      'done?',
    ]) {
      const store = redisStore(answering(client, reply))
      await expect(store.claim('key', 1)).rejects.toMatchObject({ code: 'store-failed' })
      await expect(store.complete('key', 'token', 1)).rejects.toMatchObject({ code: 'store-failed' })
    }
  })

  it('rejects when memory is full, and then still knows what is done', async () => {
    const store = redisStore(client)
    await store.complete('key', await claimed(store.claim('key', HOUR_MS)), HOUR_MS)
    await redis.config('SET', 'maxmemory', '1')
    try {
      await expect(store.claim('other', HOUR_MS)).rejects.toMatchObject({
        code: 'store-failed',
        cause: { message: expect.stringContaining('OOM') },
      })
      expect(await store.claim('key', HOUR_MS)).toEqual({ state: 'done' })
    } finally {
      await redis.config('SET', 'maxmemory', '0')
    }
  })
})

it.each([undefined, null, {}, 'redis://127.0.0.1', { eval() {}, get() {} }])('refuses %j for a client', (client) => {
  expect(() => redisStore(client as never)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
})

it('refuses a prefix that is no text', () => {
  for (const options of [{ prefix: 1 }, { prefx: 'app:' }, 'app:']) {
    expect(() => redisStore(redis, options as never)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
  }
})

/** The client, sending each script twice. */
function twice(client: RedisClient): RedisClient {
  return replaced(client, (send) => async (...args) => {
    await send(...args).catch(() => undefined)
    return send(...args)
  })
}

/** The client, with a reply in the place of the server's. */
function answering(client: RedisClient, reply: unknown): RedisClient {
  return replaced(client, () => async () => reply)
}

type Send = (...args: never[]) => Promise<unknown>

function replaced(client: RedisClient, replacement: (send: Send) => Send): RedisClient {
  return new Proxy(client, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const bound = value.bind(target)
      return /^eval/i.test(String(name)) ? replacement(bound) : bound
    },
  })
}
