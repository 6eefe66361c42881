import { inspect } from 'node:util'
import { type RedisServer, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { createClient, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RedisClient, redisKeyrings } from '../../src/index.js'
import { bothClients, type Connection, connectIoredis, connectNodeRedis, connectPool } from '../clients.js'

const WRITES = 500
const SOON = { timeout: 20_000, interval: 10 }

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

beforeEach(() => redis.flushall())

/** So many connections listen to the channel. */
async function expectListeners(count: number, channel = 'countersign:keyrings'): Promise<void> {
  await vi.waitFor(async () => expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, count]), SOON)
}

async function connections(): Promise<number> {
  return String(await redis.client('LIST'))
    .trim()
    .split('\n').length
}

describe.each(bothClients)('redisKeyrings on %s', (_, connect) => {
  let connection: Connection
  let client: RedisClient

  beforeEach(async () => {
    connection = await connect(server.url)
    client = connection.client
    return () => connection.close()
  })

  it('keeps version and text of each name in one field', async () => {
    const records = redisKeyrings(client)
    expect(await records.read('autify')).toBeUndefined()
    expect(await records.list()).toEqual([])
    expect(await records.write('autify', { version: 1, text: 'one\n1 é' }, undefined)).toBe(true)
    expect(await records.write('autify', { version: 2, text: 'two' }, 1)).toBe(true)
    expect(await records.write('shop/eu', { version: 1, text: '' }, undefined)).toBe(true)
    expect(await records.read('autify')).toEqual({ version: 2, text: 'two' })
    expect(await records.read('shop/eu')).toEqual({ version: 1, text: '' })
    expect([...(await records.list())].sort()).toEqual(['autify', 'shop/eu'])
    expect(await redis.hgetall('countersign:keyrings')).toEqual({ autify: '2 two', 'shop/eu': '1 ' })
    expect(await redis.pttl('countersign:keyrings')).toBe(-1)
  })

  it('writes only over the version that is expected', async () => {
    const records = redisKeyrings(client)
    expect(await records.write('autify', { version: 2, text: 'b' }, 1)).toBe(false)
    expect(await records.write('autify', { version: 1, text: 'a' }, undefined)).toBe(true)
    expect(await records.write('autify', { version: 1, text: 'x' }, undefined)).toBe(false)
    expect(await records.write('autify', { version: 12, text: 'x' }, 11)).toBe(false)
    expect(await records.read('autify')).toEqual({ version: 1, text: 'a' })
  })

  it(`writes each of ${WRITES} versions once, whoever of two is first`, async () => {
    const other = await connect(server.url)
    const written: string[] = []
    async function work(name: string, from: RedisClient): Promise<void> {
      const records = redisKeyrings(from)
      for (;;) {
        const version = (await records.read('autify'))?.version
        if (version === WRITES) return
        const next = { version: (version ?? 0) + 1, text: `by ${name}` }
        if (await records.write('autify', next, version)) written.push(`${next.version} by ${name}`)
      }
    }
    await Promise.all([work('one', client), work('two', other.client)])
    other.close()
    const versions = written.map((line) => Number.parseInt(line, 10)).sort((a, b) => a - b)
    expect(versions).toEqual(Array.from({ length: WRITES }, (_, index) => index + 1))
    expect(await redis.hget('countersign:keyrings', 'autify')).toBe(
      written.find((line) => line.startsWith(`${WRITES} `)),
    )
  })

  it.each([
    ['no version', 'text'],
    ['a version alone', '1'],
    ['version 0', '0 text'],
  ])('takes a field with %s for no record', async (_, text) => {
    const records = redisKeyrings(client)
    await redis.hset('countersign:keyrings', 'autify', text)
    await expect(records.read('autify')).rejects.toMatchObject({ code: 'store-failed' })
    const overwritten = await records.write('autify', { version: 1, text: 'x' }, undefined).catch(({ code }) => code)
    expect([false, 'store-failed']).toContain(overwritten)
    expect(await redis.hget('countersign:keyrings', 'autify')).toBe(text)
  })

  it('shows no text of a keyring in an error', async () => {
    await redis.set('countersign:keyrings', 'no hash')
    const secret = 'fake-secret-of-a-ring'
    const records = redisKeyrings(client)
    const error = await records.write('autify', { version: 1, text: secret }, undefined).catch((error) => error)
    expect(error).toMatchObject({ code: 'store-failed', cause: { message: expect.stringContaining('WRONGTYPE') } })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
  })

  it('rejects while the server is down', async () => {
    const records = redisKeyrings(client)
    await connection.connected()
    await server.kill()
    try {
      await expect(records.read('autify')).rejects.toMatchObject({ code: 'store-failed', cause: expect.any(Error) })
      await expect(records.list()).rejects.toMatchObject({ code: 'store-failed' })
      await expect(records.write('autify', { version: 1, text: '' }, undefined)).rejects.toMatchObject({
        code: 'store-failed',
      })
    } finally {
      await server.restart()
    }
  })

  it('tells watchers of changes to their keyring, by whichever client, and at the beginning', async () => {
    const watching = redisKeyrings(client)
    const ours = vi.fn()
    const others = vi.fn()
    const endings = [watching.watch?.('autify', ours), watching.watch?.('insider', others)]
    await expectListeners(1)
    await vi.waitFor(() => expect([ours.mock.calls.length, others.mock.calls.length]).toEqual([1, 1]), SOON)
    let version = 0
    for (const writer of [connectIoredis, connectNodeRedis]) {
      const { client, close } = await writer(server.url)
      await redisKeyrings(client).write('autify', { version: version + 1, text: '' }, version || undefined)
      close()
      version += 1
      await vi.waitFor(() => expect(ours).toHaveBeenCalledTimes(1 + version), SOON)
    }
    expect(others).toHaveBeenCalledTimes(1)
    for (const end of endings) end?.()
    await expectListeners(0)
  })

  it('tells the others when a watcher throws', async () => {
    const records = redisKeyrings(client)
    const changed = vi.fn()
    const endings = [
      records.watch?.('autify', () => {
        throw new Error('what a watcher throws')
      }),
      records.watch?.('autify', changed),
    ]
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), SOON)
    await records.write('autify', { version: 1, text: '' }, undefined)
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), SOON)
    for (const end of endings) end?.()
  })

  it('has one connection for all watchers, for as long as there is one', async () => {
    const records = redisKeyrings(client)
    const changed = vi.fn()
    const first = records.watch?.('autify', changed)
    const second = records.watch?.('autify', changed)
    await expectListeners(1)
    first?.()
    first?.()
    const before = changed.mock.calls.length
    await records.write('autify', { version: 1, text: '' }, undefined)
    await vi.waitFor(() => expect(changed.mock.calls.length).toBeGreaterThan(before), SOON)
    second?.()
    await expectListeners(0)
    const third = records.watch?.('autify', changed)
    await expectListeners(1)
    third?.()
    await expectListeners(0)
  })

  it('tells watchers after each time that its connection was lost, since something may have been missed', async () => {
    const records = redisKeyrings(client)
    const changed = vi.fn()
    const end = records.watch?.('autify', changed)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    await server.kill()
    changed.mockClear()
    await server.restart()
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    await connection.connected()
    changed.mockClear()
    await records.write('autify', { version: 1, text: '' }, undefined)
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    end?.()
    await expectListeners(0)
  })

  it('can be watched before the server is there, and ended', async () => {
    await connection.connected()
    await server.kill()
    const records = redisKeyrings(client)
    const changed = vi.fn()
    records.watch?.('autify', changed)?.()
    const end = records.watch?.('autify', changed)
    await server.restart()
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), SOON)
    end?.()
    await expectListeners(0)
  })

  it('leaves no connection when it ends, not even before it has one', async () => {
    const records = redisKeyrings(client)
    await records.list()
    const before = await connections()
    for (let times = 0; times < 20; times++) {
      const end = records.watch?.('autify', () => undefined)
      if (times % 2 === 1) await new Promise((resolve) => setTimeout(resolve, times / 5))
      end?.()
    }
    await vi.waitFor(async () => expect(await connections()).toBe(before), SOON)
  })
})

it('hears clients that put a prefix of their own before the keys', async () => {
  const clients = [
    new Redis(server.url, { keyPrefix: 'shop:' }),
    await createClient({ url: server.url, keyPrefix: 'shop:' })
      .on('error', () => undefined)
      .connect(),
  ] as const
  const records = clients.map((client) => redisKeyrings(client))
  for (const [index, { watch }] of records.entries()) {
    const changed = vi.fn()
    const end = watch?.('autify', changed)
    await expectListeners(1)
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), SOON)
    await records.at(index - 1)?.write('autify', { version: index + 1, text: '' }, index || undefined)
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), SOON)
    end?.()
  }
  expect(await redis.keys('*')).toEqual(['shop:countersign:keyrings'])
  clients[0].disconnect()
  clients[1].destroy()
})

it('understands a client that is set to give bytes', async () => {
  const client = await createClient({ url: server.url }).connect()
  const records = redisKeyrings(client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }))
  expect(await records.read('autify')).toBeUndefined()
  expect(await records.write('autify', { version: 1, text: 'é' }, undefined)).toBe(true)
  expect(await records.write('autify', { version: 1, text: 'é' }, undefined)).toBe(false)
  expect(await records.read('autify')).toEqual({ version: 1, text: 'é' })
  expect(await records.list()).toEqual(['autify'])
  client.destroy()
})

it('shows no text of a keyring where the server does not know a command, and repeats its arguments', async () => {
  const secret = 'fake-secret'
  const client = {
    eval: () => redis.call('EVALX', 'countersign:keyrings', secret),
    evalsha: () => redis.call('EVALSHAX', 'countersign:keyrings', secret),
    hget: () => redis.call('HGETX'),
    hkeys: () => redis.call('HKEYSX'),
    zrange: () => redis.call('ZRANGEX'),
  }
  const records = redisKeyrings(client)
  const error = await records.write('autify', { version: 1, text: secret }, undefined).catch((error) => error)
  expect(error).toMatchObject({ code: 'store-failed', cause: { message: "ERR unknown command 'EVALSHAX'" } })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
})

it('offers no watch on a pool, which has no connection to give', async () => {
  const { client, close } = await connectPool(server.url)
  const records = redisKeyrings(client)
  expect(records.watch).toBeUndefined()
  expect(await records.write('autify', { version: 1, text: 'one' }, undefined)).toBe(true)
  expect(await records.read('autify')).toEqual({ version: 1, text: 'one' })
  close()
})

it.each([undefined, {}, { hGet() {} }])('refuses %j for a client', (client) => {
  expect(() => redisKeyrings(client as never)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
})
