// What a claim costs beside the plainest command that the same client could send instead: one that sets a key where there
// is none. That one knows no attempts, no fencing and no lease that can be lost only to another.
import { migrate, postgresStore } from '@countersign/postgres'
import { redisStore } from '@countersign/redis'
import { startPostgres, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import postgres from 'postgres'
import { createClient } from 'redis'
import { type Load, type Loaded, loadInRounds } from '../load-rounds.js'

const LOADS: readonly Load[] = [
  { rounds: 9, calls: 1500, concurrency: 1 },
  { rounds: 9, calls: 6000, concurrency: 64 },
]
const LEASE_MS = 30_000

export interface ClaimResult {
  /** The client, and what the claim is set beside. */
  readonly title: string
  readonly concurrency: number
  readonly claim: Loaded
  readonly raw: Loaded
}

interface Pair {
  claim(key: string): Promise<unknown>
  raw(key: string): Promise<unknown>
}

let count = 0
const newKey = () => `bench-${process.pid}-${count++}`

export async function measureStores(): Promise<ClaimResult[]> {
  return [...(await onRedis()), ...(await onPostgres())]
}

async function onRedis(): Promise<ClaimResult[]> {
  const server = await startRedis({ appendfsync: 'everysec' })
  const ioredis = new Redis(server.url)
  const nodeRedis = createClient({ url: server.url })
  await nodeRedis.connect()
  const [ours, theirs] = [redisStore(ioredis), redisStore(nodeRedis)]
  try {
    return [
      ...(await beside('Redis, ioredis: claim beside SET NX PX', {
        claim: (key) => ours.claim(key, LEASE_MS),
        raw: (key) => ioredis.set(key, 'claimed', 'PX', LEASE_MS, 'NX'),
      })),
      ...(await beside('Redis, node-redis: claim beside SET NX PX', {
        claim: (key) => theirs.claim(key, LEASE_MS),
        raw: (key) => nodeRedis.set(key, 'claimed', { expiration: { type: 'PX', value: LEASE_MS }, condition: 'NX' }),
      })),
    ]
  } finally {
    ioredis.disconnect()
    nodeRedis.destroy()
    await server.stop()
  }
}

async function onPostgres(): Promise<ClaimResult[]> {
  const server = await startPostgres()
  const pool = new Pool({ connectionString: server.url, max: 16 })
  const sql = postgres(server.url, { max: 16 })
  try {
    await migrate(pool)
    await pool.query('create table raw (key text primary key, until timestamptz)')
    const insert = "insert into raw values ($1, now() + interval '30 s') on conflict do nothing returning 1"
    const [ours, theirs] = [postgresStore(pool), postgresStore(sql)]
    return [
      ...(await beside('PostgreSQL, pg: claim beside INSERT ON CONFLICT DO NOTHING', {
        claim: (key) => ours.claim(key, LEASE_MS),
        raw: (key) => pool.query(insert, [key]),
      })),
      ...(await beside('PostgreSQL, postgres.js: claim beside INSERT ON CONFLICT DO NOTHING', {
        claim: (key) => theirs.claim(key, LEASE_MS),
        raw: (key) => sql.unsafe(insert, [key]),
      })),
    ]
  } finally {
    await pool.end()
    await sql.end()
    await server.stop()
  }
}

async function beside(title: string, { claim, raw }: Pair): Promise<ClaimResult[]> {
  const results: ClaimResult[] = []
  for (const load of LOADS) {
    const loaded = await loadInRounds([() => claim(newKey()), () => raw(newKey())], load)
    const [ours, plain] = loaded as [Loaded, Loaded]
    results.push({ title, concurrency: load.concurrency, claim: ours, raw: plain })
  }
  return results
}
