import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../src/index.js'
import { processesWith, sqlAnswer } from '../talk.js'

// One for all but the last, since each costs seconds.
let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(() => server.stop())

function directoryOf({ url }: PostgresServer): string {
  return dirname(sqlAnswer(url, 'SHOW data_directory') ?? '')
}

function sharedMemory(): string {
  return spawnSync('ipcs', ['-m'], { encoding: 'utf8' }).stdout
}

it('answers at its address, durably', () => {
  expect(server.url).toBe(`postgres://postgres@127.0.0.1:${server.port}/postgres`)
  expect(sqlAnswer(server.url, "SELECT current_setting('fsync'), current_setting('synchronous_commit')")).toBe('on|on')
})

it('has after each kill what was committed before', async () => {
  sqlAnswer(server.url, 'CREATE TABLE kept (n int)')
  for (const n of [1, 2, 3]) {
    sqlAnswer(server.url, `INSERT INTO kept VALUES (${n})`)
    await server.kill()
    expect(() => sqlAnswer(server.url, 'SELECT 1')).toThrow('refused')
    await server.restart()
  }
  expect(sqlAnswer(server.url, 'SELECT count(*) FROM kept')).toBe('3')
})

it('answers nothing while it is frozen, and then goes on', () => {
  server.freeze()
  expect(sqlAnswer(server.url, 'SELECT 1', 300)).toBeUndefined()
  server.thaw()
  expect(sqlAnswer(server.url, 'SELECT 1')).toBe('1')
})

it('leaves neither process nor directory nor shared memory, killed and stopped', async () => {
  const other = await startPostgres()
  expect(other.port).not.toBe(server.port)
  const directory = directoryOf(other)
  const segment = /^\s*\d+\s+(\d+)/m.exec(
    sqlAnswer(other.url, "SELECT pg_read_file('postmaster.pid')")?.split('\n')[6] ?? '',
  )
  expect(sharedMemory()).toMatch(new RegExp(`\\s${segment?.[1]}\\s`))
  await other.kill()
  await other.stop()
  expect(processesWith(directory)).toEqual([])
  expect(existsSync(directory)).toBe(false)
  expect(sharedMemory()).not.toMatch(new RegExp(`^\\S+\\s+${segment?.[1]}\\s`, 'm'))
  expect(sqlAnswer(server.url, 'SELECT 1')).toBe('1')
})
