import { redisKeyrings, redisKeyUses } from '@countersign/redis'
import { Redis } from 'ioredis'
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS, type OpenedRecords, type RecordsOptions } from './records.js'

const DISCONNECT_TIMEOUT_MS = 50

/** Connected, or rejected with the client's error. */
export async function openRedis(url: string, { prefix }: RecordsOptions): Promise<OpenedRecords> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: ANSWER_TIMEOUT_MS,
    // A server that has refused us need not say goodbye as well.
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // `connect` says only that the connection was closed; this says why.
  let reason: unknown
  redis.on('error', (error) => {
    reason = error
  })
  try {
    await redis.connect()
  } catch (error) {
    redis.disconnect()
    throw reason ?? error
  }
  const options = prefix === undefined ? {} : { prefix }
  return {
    keyrings: redisKeyrings(redis, options),
    keyUses: redisKeyUses(redis, options),
    close: async () => redis.disconnect(),
  }
}
