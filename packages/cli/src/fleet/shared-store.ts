import type { IdempotencyStore, KeyringRecords } from '@countersign/core'
import { migrate, postgresKeyrings, postgresStore } from '@countersign/postgres'
import { redisKeyrings, redisStore } from '@countersign/redis'
import { missing, type PostgresServer, type RedisServer, startPostgres, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { STORE_TIMEOUT_MS } from './durations.js'
import type { StoreKind } from './store-kinds.js'

/** What the instances share, as one process has it. */
export interface SharedStore {
  readonly keyrings: KeyringRecords
  readonly idempotency: IdempotencyStore
  close(): Promise<void>
}

/**
 * Longer than what the receiver waits for an answer: a claim that comes later than that is given back by it, and one that the
 * client has forgotten holds until its lease runs out.
 */
const QUERY_TIMEOUT_MS = 5 * STORE_TIMEOUT_MS
const CONNECT_TIMEOUT_MS = 500
const RECONNECT_MS = 100

/** Clients that fail fast, as the stores' READMEs recommend. */
export function openStore(kind: StoreKind, port: number): SharedStore {
  return kind === 'redis' ? openRedis(port) : openPostgres(port)
}

function openRedis(port: number): SharedStore {
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: QUERY_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: () => RECONNECT_MS,
  })
  // Each command that fails says so itself.
  redis.on('error', () => undefined)
  return {
    keyrings: redisKeyrings(redis),
    idempotency: redisStore(redis),
    close: async () => redis.disconnect(),
  }
}

function openPostgres(port: number): SharedStore {
  const pool = openPool(port)
  return { keyrings: postgresKeyrings(pool), idempotency: postgresStore(pool), close: () => pool.end() }
}

function openPool(port: number): Pool {
  const pool = new Pool({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    max: 8,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  })
  pool.on('error', () => undefined)
  return pool
}

/** Why the server of a store cannot be started on this machine; undefined if it can. */
export const missingServer: (kind: StoreKind) => string | undefined = missing

/**
 * Starts a server of this kind, as an operator who must lose nothing sets it up: Redis with `appendfsync always`, so that
 * what is answered is on the disk; PostgreSQL as it comes (`fsync` and `synchronous_commit` on).
 */
export async function startStore(kind: StoreKind): Promise<RedisServer | PostgresServer> {
  if (kind === 'redis') return startRedis({ appendfsync: 'always' })
  const server = await startPostgres()
  const pool = openPool(server.port)
  await migrate(pool).finally(() => pool.end())
  return server
}
