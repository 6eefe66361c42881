export { missing } from './installed.js'
export { type PostgresServer, startPostgres } from './postgres.js'
export { type RedisServer, startRedis } from './redis.js'
export type { Server } from './server.js'
