import { existsSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { type RedisServer, startRedis } from '../../src/index.js'
import { processesWith, redisAnswer } from '../talk.js'

const servers: RedisServer[] = []

async function started(settings?: Record<string, string>): Promise<RedisServer> {
  const server = await startRedis(settings)
  servers.push(server)
  return server
}

/** Where it says that its data are. */
async function directoryOf({ port }: RedisServer): Promise<string> {
  const answer = await redisAnswer(port, 'CONFIG GET dir')
  return answer?.split('\r\n').at(-1) ?? ''
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

it('answers at its address', async () => {
  const { port, url } = await started()
  expect(await redisAnswer(port, 'PING')).toBe('+PONG')
  expect(url).toBe(`redis://127.0.0.1:${port}`)
})

it('takes settings beside its own', async () => {
  const { port } = await started({ appendfsync: 'everysec', 'cluster-enabled': 'yes' })
  expect(await redisAnswer(port, 'CONFIG GET appendfsync')).toContain('everysec')
  expect(await redisAnswer(port, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
  expect(await redisAnswer(port, 'CONFIG GET cluster-enabled')).toContain('yes')
})

it('has after a kill what it had answered before', async () => {
  const { port, kill, restart } = await started()
  expect(await redisAnswer(port, 'SET key value')).toBe('+OK')
  await kill()
  await expect(redisAnswer(port, 'PING')).rejects.toThrow('ECONNREFUSED')
  await restart()
  expect(await redisAnswer(port, 'GET key')).toContain('value')
})

it('answers nothing while it is frozen, and then goes on', async () => {
  const { port, freeze, thaw } = await started()
  freeze()
  const late = redisAnswer(port, 'PING')
  expect(await redisAnswer(port, 'PING', 200)).toBeUndefined()
  thaw()
  expect(await late).toBe('+PONG')
})

it.each(['running', 'killed', 'frozen'] as const)(
  'leaves neither process nor directory, stopped while %s',
  async (state) => {
    const server = await started()
    const directory = await directoryOf(server)
    expect(existsSync(directory)).toBe(true)
    expect(processesWith(`127.0.0.1:${server.port}`)).toHaveLength(1)
    if (state === 'killed') await server.kill()
    if (state === 'frozen') server.freeze()
    await server.stop()
    expect(processesWith(`127.0.0.1:${server.port}`)).toEqual([])
    expect(processesWith(directory)).toEqual([])
    expect(existsSync(directory)).toBe(false)
  },
)

it('runs beside others that were started at the same time', async () => {
  const both = await Promise.all([started(), started()])
  const [one, two] = both.map(({ port }) => port)
  expect(one).not.toBe(two)
  await redisAnswer(one as number, 'SET key value')
  expect(await redisAnswer(two as number, 'GET key')).toBe('$-1')
})

it('says what is wrong with its settings', async () => {
  await expect(started({ nonsense: 'yes' })).rejects.toThrow('nonsense')
})

it('says what to install where there is no redis-server', async () => {
  vi.stubEnv('PATH', '/nowhere')
  try {
    await expect(started()).rejects.toThrow('apt-get install -y redis-server')
  } finally {
    vi.unstubAllEnvs()
  }
})
