import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { autify, sign } from '@countersign/autify'
import { keyring, rotate, sealed } from '@countersign/core'
import { type PostgresServer, startPostgres } from '@countersign/servers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { migrate, postgresKeyrings } from '../../src/index.js'
import { type OpenClient, openPool, run } from '../clients.js'

const SECRET = 'Pw5KtB9dXn3RgM7yLh2QvZc8JfUa4SeE'
const NEXT_SECRET = 'Zr8LmV2cYq6NfT4xHj9WbKs3DgPe7AuC'
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')

let database: PostgresServer
let operator: OpenClient
beforeAll(async () => {
  database = await startPostgres()
  operator = openPool(database)
  Object.assign(process.env, { PORT: '0', DATABASE_URL: database.url, MASTER_KEY })
})
afterAll(async () => {
  await operator.close()
  await database.stop()
})

it('there is a test of each', () => {
  expect(readdirSync(new URL('../../examples', import.meta.url))).toEqual(['receiver.ts'])
})

it('receiver', async () => {
  await migrate(operator.client)
  await run(operator, `CREATE TABLE test_runs (id text, status text CHECK (status <> 'refused'))`)
  const rings = sealed(postgresKeyrings(operator.client), MASTER_KEY)
  const ring = keyring([{ id: 'first', secret: SECRET }])
  const { version } = await rings.save('autify', ring, undefined)

  const { server, stop } = (await import('../../examples/receiver.js')) as { server: Server; stop(): Promise<void> }
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  async function deliver(id: number, status: string, secret = SECRET): Promise<number> {
    const body = JSON.stringify({ id, status })
    const headers = await sign(autify(), secret, body)
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })
    return response.status
  }

  const statuses = [
    await deliver(1, 'passed'),
    await deliver(1, 'passed'),
    await deliver(1, 'passed', 'a-forged-secret'),
  ]
  expect(statuses).toEqual([200, 200, 401])
  expect(await run(operator, 'SELECT * FROM test_runs')).toEqual([{ id: '1', status: 'passed' }])
  expect(await run(operator, 'SELECT state FROM countersign.deliveries')).toEqual([{ state: 'done' }])

  // What the transaction refuses is not marked, and the vendor's next try runs.
  const reported = vi.spyOn(console, 'error').mockImplementationOnce(() => {})
  expect(await deliver(2, 'refused')).toBe(500)
  expect(reported).toHaveBeenCalledOnce()
  await run(operator, 'ALTER TABLE test_runs DROP CONSTRAINT test_runs_status_check')
  expect(await deliver(2, 'refused')).toBe(200)

  // A rotation by the operator reaches it while it runs. Not within the same moment: the forgery has just made it ask.
  await rings.save('autify', rotate(ring, autify(), { secret: NEXT_SECRET }).ring, version)
  await expect.poll(() => deliver(3, 'passed', NEXT_SECRET), { timeout: 5_000 }).toBe(200)
  expect(await run(operator, 'SELECT id FROM test_runs ORDER BY id')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }])
  await stop()
})
