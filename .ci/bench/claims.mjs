// What a claim costs beside the plainest command that the same client could send instead: one that sets a key where there
// is none. That one knows no attempts, no fencing and no lease that can be lost only to another.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../checks/lib/workspace.mjs'
import { compare } from './rounds.mjs'

const LOADS = [
  { rounds: 9, calls: 1500, concurrency: 1 },
  { rounds: 9, calls: 6000, concurrency: 64 },
]
const LEASE_MS = 30_000

const load = (folder, name) => createRequire(join(root, 'packages', folder, 'package.json'))(name)
const servers = load('servers', './dist/index.cjs')

let count = 0
const newKey = () => `bench-${process.pid}-${count++}`

export async function claims() {
  await onRedis()
  await onPostgres()
}

async function onRedis() {
  const { redisStore } = load('redis', './dist/index.cjs')
  const { Redis } = load('redis', 'ioredis')
  const { createClient } = load('redis', 'redis')
  const server = await servers.startRedis({ appendfsync: 'everysec' })
  const ioredis = new Redis(server.url)
  const nodeRedis = await createClient({ url: server.url }).connect()
  const [ours, theirs] = [redisStore(ioredis), redisStore(nodeRedis)]
  try {
    await report('Redis, ioredis: claim beside SET NX PX', {
      claim: () => ours.claim(newKey(), LEASE_MS),
      raw: () => ioredis.set(newKey(), 'claimed', 'PX', LEASE_MS, 'NX'),
    })
    await report('Redis, node-redis: claim beside SET NX PX', {
      claim: () => theirs.claim(newKey(), LEASE_MS),
      raw: () => nodeRedis.set(newKey(), 'claimed', { PX: LEASE_MS, NX: true }),
    })
  } finally {
    ioredis.disconnect()
    nodeRedis.destroy()
    await server.stop()
  }
}

async function onPostgres() {
  const { migrate, postgresStore } = load('postgres', './dist/index.cjs')
  const { Pool } = load('postgres', 'pg')
  const postgres = load('postgres', 'postgres')
  const server = await servers.startPostgres()
  const pool = new Pool({ connectionString: server.url, max: 16 })
  const sql = postgres(server.url, { max: 16 })
  try {
    await migrate(pool)
    await pool.query('create table raw (key text primary key, until timestamptz)')
    const insert = "insert into raw values ($1, now() + interval '30 s') on conflict do nothing returning 1"
    const [ours, theirs] = [postgresStore(pool), postgresStore(sql)]
    await report('PostgreSQL, pg: claim beside INSERT ON CONFLICT DO NOTHING', {
      claim: () => ours.claim(newKey(), LEASE_MS),
      raw: () => pool.query(insert, [newKey()]),
    })
    await report('PostgreSQL, postgres.js: claim beside INSERT ON CONFLICT DO NOTHING', {
      claim: () => theirs.claim(newKey(), LEASE_MS),
      raw: () => sql.unsafe(insert, [newKey()]),
    })
  } finally {
    await pool.end()
    await sql.end()
    await server.stop()
  }
}

async function report(title, contenders) {
  console.log(`\n${title}`)
  for (const options of LOADS) {
    const measured = await compare(contenders, options)
    const { claim, raw } = Object.fromEntries(measured)
    const ratio = (of) => (of(claim) / of(raw)).toFixed(2)
    console.log(
      `  ${String(options.concurrency).padStart(2)} at a time: ${line('claim', claim)}; ${line('raw', raw)}; ` +
        `rate x ${ratio(({ perSecond }) => perSecond)}, p99 x ${ratio(({ p99 }) => p99)}`,
    )
  }
}

function line(name, { perSecond, p50, p99 }) {
  return `${name} ${Math.round(perSecond)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
}
