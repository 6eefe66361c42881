export type { RedisOptions } from './prefix.js'
export type { IoredisClient, NodeRedisClient, RedisClient } from './redis-client.js'
export { redisKeyrings } from './redis-keyrings.js'
export { redisStore } from './redis-store.js'
