import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers } from './answers.js'
import { redisFolder } from './installed.js'
import { runServer } from './run-server.js'
import type { Server } from './server.js'

export interface RedisServer extends Server {
  readonly url: string
}

/** Settings of redis.conf by their names, such as `{ 'cluster-enabled': 'yes' }`. */
export type RedisSettings = Readonly<Record<string, string>>

/** What is answered is on the disk, so that a kill takes nothing back; and nothing is evicted. */
const DURABLE: RedisSettings = {
  appendonly: 'yes',
  appendfsync: 'always',
  save: '',
  'maxmemory-policy': 'noeviction',
}

/**
 * Starts a Redis server that keeps on the disk what it has answered, unless the settings say otherwise.
 *
 * @throws Error if redis-server is not installed.
 */
export async function startRedis(settings: RedisSettings = {}): Promise<RedisServer> {
  const folder = redisFolder()
  const directory = await mkdtemp(join(tmpdir(), 'countersign-redis-'))
  const server = await runServer({
    name: 'redis-server',
    directory,
    command(port) {
      const all = { ...DURABLE, ...settings, port: String(port), bind: '127.0.0.1', dir: directory }
      return [join(folder, 'redis-server'), ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])]
    },
    isAnswering,
  })
  return { ...server, url: `redis://127.0.0.1:${server.port}` }
}

/** While it reads its data it answers PING with an error. */
function isAnswering(port: number, pid: number): Promise<boolean> {
  return answers(
    port,
    'PING\r\nINFO server\r\nQUIT\r\n',
    (answer) => answer.startsWith('+PONG') && answer.includes(`process_id:${pid}\r\n`),
  )
}
