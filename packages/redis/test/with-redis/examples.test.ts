import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { autify, sign } from '@countersign/autify'
import { keyring, rotate, sealed } from '@countersign/core'
import { type RedisServer, startRedis } from '@countersign/servers'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { redisKeyrings } from '../../src/index.js'

const SECRET = 'Pw5KtB9dXn3RgM7yLh2QvZc8JfUa4SeE'
const NEW_SECRET = 'x1cVb7Nm2QwErT5yUi8OpAs4DfGh6JkL'
const SOON = { timeout: 20_000, interval: 20 }
const EXAMPLES = new URL('../../examples/', import.meta.url)

let redisServer: RedisServer
/** Where the examples print what they handle. */
const printed = vi.spyOn(console, 'info').mockImplementation(() => {})

beforeAll(async () => {
  redisServer = await startRedis()
  Object.assign(process.env, {
    PORT: '0',
    REDIS_URL: redisServer.url,
    MASTER_KEY: randomBytes(32).toString('base64'),
    AUTIFY_SECRET: SECRET,
  })
})

afterAll(() => redisServer.stop())

interface Instance {
  readonly server: Server
  close(): Promise<void>
}

async function startInstance(): Promise<Instance> {
  vi.resetModules()
  const instance = (await import('../../examples/receiver.js')) as Instance
  if (!instance.server.listening) await once(instance.server, 'listening')
  return instance
}

async function deliver({ server }: Instance, event: object, secret: string): Promise<number> {
  const { port } = server.address() as AddressInfo
  const body = JSON.stringify(event)
  const headers = { ...(await sign(autify(), secret, body)), connection: 'close' }
  return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status
}

it('first-keyring and receiver: two instances handle once between them, and follow a rotation', async () => {
  await import('../../examples/first-keyring.js')
  const instances = [await startInstance(), await startInstance()] as const
  // Until they are connected they answer 503, also to what is forged, and report why.
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const instance of instances) {
    const forged = () => deliver(instance, { id: 0 }, 'of-someone-else-altogether-12345')
    await vi.waitFor(async () => expect(await forged()).toBe(401), SOON)
  }
  for (const [fault] of reported.mock.calls) expect(fault).toMatchObject({ code: 'store-failed' })
  reported.mockRestore()
  const first = { id: 1, status: 'passed' }
  const copies = instances.flatMap((instance) => [deliver(instance, first, SECRET), deliver(instance, first, SECRET)])
  expect(await Promise.all(copies)).toEqual([200, 200, 200, 200])
  expect(await deliver(instances[1], first, 'of-someone-else-altogether-12345')).toBe(401)
  expect(printed.mock.calls).toEqual([['handled once:', first]])

  const operator = new Redis(redisServer.url)
  const keyrings = sealed(redisKeyrings(operator), process.env.MASTER_KEY ?? '')
  const { ring = keyring([]), version } = (await keyrings.load('autify')) ?? {}
  const key = { id: '2026-02', secret: NEW_SECRET }
  await keyrings.save('autify', rotate(ring, autify(), key).ring, version)
  for (const [index, instance] of instances.entries()) {
    // They are told of it, soon.
    const event = { id: 2 + index, status: 'passed' }
    await vi.waitFor(async () => expect(await deliver(instance, event, NEW_SECRET)).toBe(200), SOON)
  }
  expect(printed).toHaveBeenCalledTimes(3)
  expect(JSON.stringify(await operator.hgetall('countersign:keyrings'))).not.toContain(SECRET)

  operator.disconnect()
  for (const { close } of instances) await close()
})

it('the README shows the receiver as it is, and no example was left out', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  for (const file of readdirSync(EXAMPLES)) {
    const [, code = ''] = /^(?:\/\/.*\n)*([\s\S]*)$/.exec(readFileSync(new URL(file, EXAMPLES), 'utf8')) ?? []
    expect(readme).toContain(`\`\`\`ts\n${code}\`\`\``)
  }
})
