import type { KeyringRecord, KeyringRecords } from '@countersign/core'
import { writeScript } from './keyring-script.js'
import { keyringWatchers } from './keyring-watchers.js'
import { prefixOf, type RedisOptions } from './prefix.js'
import { type RedisClient, redisCommands } from './redis-client.js'
import { storeFailed } from './store-failed.js'

/** The version and the text in one, so that they are read as one. */
const RECORD = /^([1-9]\d{0,15}) (.*)$/s

/**
 * Keeps keyrings in Redis, for all instances and operators that share it: in one hash, `<prefix>keyrings`, with a field to
 * each. A write compares and replaces in one script, and publishes the name on the channel of the same name.
 *
 * `watch` has one more connection of its own, from the first watcher to the last, of the same settings as the client. It
 * connects again by itself. A pool of node-redis cannot give one: there `watch` is missing.
 *
 * @param client of ioredis (a `Cluster`, too) or node-redis (a pool and a cluster, too).
 * @throws CountersignError `option-invalid` for another client. The methods reject with `store-failed`, with the client's
 * error as cause, less the command's arguments.
 */
export function redisKeyrings(client: RedisClient, options: RedisOptions = {}): KeyringRecords {
  const redis = redisCommands(client)
  const hash = `${prefixOf(options)}keyrings`
  const channel = hash
  const { subscribe } = redis
  return Object.freeze<KeyringRecords>({
    async read(name) {
      const text = await redis.hget(hash, name)
      return text === undefined ? undefined : recordOf(text, hash)
    },
    async write(name, { version, text }, expectedVersion) {
      const expected = String(expectedVersion ?? '')
      const reply = await redis.run(writeScript, hash, [name, expected, channel, `${version} ${text}`])
      if (reply !== 'written' && reply !== 'conflict') throw storeFailed(writeScript.name, hash)
      return reply === 'written'
    },
    list: () => redis.hkeys(hash),
    ...(subscribe && { watch: keyringWatchers((listener) => subscribe(channel, listener)) }),
  })
}

function recordOf(text: string, hash: string): KeyringRecord {
  const [, version, record] = RECORD.exec(text) ?? []
  if (record === undefined) throw storeFailed('HGET', hash)
  return { version: Number(version), text: record }
}
