import { postgresKeyUses } from '@countersign/postgres'
import { startPostgres } from '@countersign/servers'
import { Pool } from 'pg'
import { describe, expect } from 'vitest'
import { done, keysOnServer } from '../keys/on-server.js'

describe('countersign keys on PostgreSQL', () => {
  keysOnServer(async (keys) => {
    const server = await startPostgres()
    const url = `postgres://postgres@127.0.0.1:${server.port}/postgres`
    const env = { COUNTERSIGN_STORE: url }

    // Nothing is created unasked: it says which command does it, and that one may be run again.
    for (const argv of [['list'], ['add', 'autify', '--generate']]) {
      const { code, stdout, stderr } = await keys(argv, env)
      expect([code, stdout]).toEqual([3, ''])
      expect(stderr).toContain(
        `postgres://127.0.0.1:${server.port}/postgres lacks tables of Countersign: countersign keys migrate`,
      )
    }
    for (const store of [
      env,
      { COUNTERSIGN_STORE: url.replace('postgres:', 'postgresql:'), COUNTERSIGN_MASTER_KEY: '' },
    ]) {
      const { stdout } = await done(keys(['migrate'], store))
      expect(stdout).toMatch(/^✔ .* has its tables\n$/)
    }
    await done(keys(['migrate', '--store-schema', 'elsewhere'], env))
    const sql = await done(keys(['migrate', '--print-sql', '--store-schema', 'third']))
    expect(sql.stdout).toContain('CREATE SCHEMA "third"')

    const pool = new Pool({ connectionString: url })
    return {
      url,
      apart: ['--store-schema', 'elsewhere'],
      recordUse: (ring, keyId, lastUsed) => postgresKeyUses(pool).record(ring, [{ keyId, lastUsed }]),
      async stop() {
        await pool.end()
        await server.stop()
      },
    }
  })
})
