import { randomUUID } from 'node:crypto'
import type { Claim, IdempotencyStore } from '@countersign/core'
import { claimScript, completeScript, extendScript, releaseScript } from './delivery-scripts.js'
import { wholeMs } from './duration.js'
import { prefixOf, type RedisOptions } from './prefix.js'
import { type RedisClient, redisCommands } from './redis-client.js'
import type { RedisScript } from './redis-script.js'
import { storeFailed } from './store-failed.js'

const CLAIM_REPLY = /^(?:(done)|claimed ([1-9]\d*)|in-progress ([1-9]\d*))$/

/**
 * Remembers deliveries in Redis, for all instances that share it. Each method is one script and one round trip; leases run by
 * the server's clock.
 *
 * There is one key to a delivery, `<prefix>delivery:<key>`, and Redis removes it: what is done when its time is over, and a
 * lease that has run out or a release after a day.
 *
 * How durable it is, the server's settings say: see the README. The client is yours. Set it to fail at once when it has no
 * connection, and close it yourself.
 *
 * @param client of ioredis (a `Cluster`, too) or node-redis (a pool and a cluster, too).
 * @throws CountersignError `option-invalid` for another client. The methods reject with `store-failed`, with the client's
 * error as cause, and with `option-invalid` for a duration that is not a number, 0 or more.
 */
export function redisStore(client: RedisClient, options: RedisOptions = {}): IdempotencyStore {
  const redis = redisCommands(client)
  const prefix = `${prefixOf(options)}delivery:`

  async function isHeld(script: RedisScript, key: string, ...args: readonly string[]): Promise<boolean> {
    const name = prefix + escaped(key)
    const reply = await redis.run(script, name, args)
    if (reply !== 'held' && reply !== 'lost') throw storeFailed(script.name, name)
    return reply === 'held'
  }

  return Object.freeze<IdempotencyStore>({
    async claim(key, leaseMs): Promise<Claim> {
      const name = prefix + escaped(key)
      const token = randomUUID()
      const reply = await redis.run(claimScript, name, [token, wholeMs('leaseMs', leaseMs)])
      const [isUnderstood, done, attempt, retryAfterMs] = CLAIM_REPLY.exec(reply) ?? []
      if (isUnderstood === undefined) throw storeFailed('claim', name)
      if (done !== undefined) return { state: 'done' }
      if (attempt !== undefined) return { state: 'claimed', token, attempt: Number(attempt) }
      return { state: 'in-progress', retryAfterMs: Number(retryAfterMs) }
    },
    extend: async (key, token, leaseMs) => isHeld(extendScript, key, token, wholeMs('leaseMs', leaseMs)),
    complete: async (key, token, keepMs) => isHeld(completeScript, key, token, wholeMs('keepMs', keepMs)),
    release: async (key, token) => isHeld(releaseScript, key, token),
  })
}

/** As it is, but for what UTF-8 or a terminal cannot show: lone surrogates would all become the same. */
function escaped(key: string): string {
  return JSON.stringify(key).slice(1, -1)
}
