import { redisKeyUses } from '@countersign/redis'
import { startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { keysOnServer } from '../keys/on-server.js'
import { runCommand } from '../run-command.js'

describe('countersign keys on Redis', () => {
  keysOnServer(async () => {
    const server = await startRedis()
    const redis = new Redis(server.url)
    return {
      url: server.url,
      apart: ['--store-prefix', 'elsewhere:'],
      recordUse: (ring, keyId, lastUsed) => redisKeyUses(redis).record(ring, [{ keyId, lastUsed }]),
      async stop() {
        redis.disconnect()
        await server.stop()
      },
    }
  })

  it('names the server that refuses a password, and not the password', async () => {
    const server = await startRedis()
    const redis = new Redis(server.url)
    await redis.config('SET', 'requirepass', 'fake-right-password')
    redis.disconnect()
    const list = (password: string) => {
      const env = { COUNTERSIGN_STORE: `redis://:${password}@127.0.0.1:${server.port}/1` }
      return runCommand(['keys', 'list', '--plaintext'], { env })
    }
    try {
      const refused = await list('fake-wrong-password')
      expect(refused).toMatchObject({ code: 3, stdout: '' })
      expect(refused.stderr).toContain(`redis://127.0.0.1:${server.port}/1 could not be asked: `)
      expect(refused.stderr).not.toMatch(/fake-(wrong|right)-password/)
      expect(await list('fake-right-password')).toMatchObject({ code: 0, stderr: '' })
    } finally {
      await server.stop()
    }
  })
})
