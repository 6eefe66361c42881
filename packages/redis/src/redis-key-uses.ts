import { type KeyUseRecord, type KeyUseRecords, latestKeyUses } from '@countersign/core'
import { recordUsesScript } from './key-use-script.js'
import { prefixOf, type RedisOptions } from './prefix.js'
import { type RedisClient, redisCommands } from './redis-client.js'
import { storeFailed } from './store-failed.js'

/**
 * Keeps in Redis when keys were last used, for all instances that share it: a sorted set to each ring,
 * `<prefix>key-uses:<ring>`, of key ids by milliseconds since the epoch.
 *
 * @param client of ioredis (a `Cluster`, too) or node-redis (a pool and a cluster, too).
 * @throws CountersignError `option-invalid` for another client. The methods reject with `store-failed`, with the client's
 * error as cause, and `record` with `keyring-name-invalid` and `option-invalid` for what is no ring, key or time.
 */
export function redisKeyUses(client: RedisClient, options: RedisOptions = {}): KeyUseRecords {
  const redis = redisCommands(client)
  const prefix = `${prefixOf(options)}key-uses:`
  return Object.freeze<KeyUseRecords>({
    async record(ring, uses) {
      const args = latestKeyUses(ring, uses).flatMap(({ keyId, lastUsed }) => [keyId, String(lastUsed)])
      if (args.length === 0) return
      const reply = await redis.run(recordUsesScript, prefix + ring, args)
      if (reply !== 'recorded') throw storeFailed(recordUsesScript.name, prefix + ring)
    },
    async read(ring) {
      const members = await redis.zrange(prefix + ring)
      return members.map(([keyId, lastUsed]): KeyUseRecord => {
        if (!Number.isSafeInteger(lastUsed)) throw storeFailed('ZRANGE', prefix + ring)
        return { keyId, lastUsed }
      })
    },
  })
}
