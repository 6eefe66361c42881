import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autify, sign } from '@countersign/autify'
import { insider } from '@countersign/insider'
import { metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

const SECRET = 'Pw5KtB9dXn3RgM7yLh2QvZc8JfUa4SeE'
const EVENT = { id: 7, status: 'passed' }
/** Where the examples print what they handle. */
const printed = vi.spyOn(console, 'info')
const ran = new Set<string>()

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-examples-'))
  Object.assign(process.env, {
    PORT: '0',
    AUTIFY_SECRET: SECRET,
    AUTIFY_OLD_SECRET: 'an-old-secret-of-autify',
    INSIDER_SECRET: 'a-secret-of-insider',
    ACME_AUTIFY_SECRET: 'the-secret-of-acme',
    GLOBEX_AUTIFY_SECRET: 'the-secret-of-globex',
    IDEMPOTENCY_FOLDER: join(folder, 'idempotency'),
    DEAD_LETTERS: join(folder, 'dead-letters.jsonl'),
  })
  return () => rm(folder, { recursive: true })
})
beforeEach(() => {
  printed.mockReset().mockImplementation(() => {})
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** Loads an example, as a user runs it. */
async function load(name: string) {
  ran.add(`${name}.ts`)
  return import(`../examples/${name}.ts`)
}

type Handler = (request: Request) => Promise<Response>

/** Sends a good delivery, a copy of it and a forged one; the example must have handled one. */
async function expectHandledOnce(handle: Handler, url: string): Promise<void> {
  const body = JSON.stringify(EVENT)
  const headers = await sign(autify(), SECRET, body)
  const send = async (text: string) => (await handle(new Request(url, { method: 'POST', headers, body: text }))).status
  expect([await send(body), await send(body), await send(body.replace('7', '8'))]).toEqual([200, 200, 401])
  expect(printed.mock.calls).toEqual([['handled once:', EVENT]])
}

describe('an example that listens', () => {
  it.each(['node', 'express', 'fastify', 'koa', 'nest'])('%s', async (name) => {
    const { server } = (await load(name)) as { server: Server }
    if (!server.listening) await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expectHandledOnce(fetch, `http://127.0.0.1:${port}/webhooks/autify`)
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
})

describe('an example that is called', () => {
  it.each<[string, (example: never) => Handler]>([
    ['nextjs', ({ POST }: { POST: Handler }) => POST],
    ['workers', ({ default: { fetch } }: { default: { fetch: Handler } }) => fetch],
    ['bun', ({ default: { fetch } }: { default: { fetch: Handler } }) => fetch],
    ['hono', ({ default: { fetch } }: { default: { fetch: Handler } }) => fetch],
    ['sveltekit', fromContext('POST')],
    ['react-router', fromContext('action')],
    ['astro', fromContext('POST')],
  ])('%s', async (name, handlerOf) => {
    await expectHandledOnce(handlerOf((await load(name)) as never), 'https://receiver.example/webhooks/autify')
  })

  function fromContext(name: string) {
    return (example: Record<string, (context: { request: Request }) => Promise<Response>>): Handler =>
      (request) =>
        example[name]?.({ request }) ?? Promise.reject(new Error(`no ${name}`))
  }

  it('deno', async () => {
    // A stand-in for Deno, which the runtimes' suite has in reality: it takes the handler.
    const serve = vi.fn()
    vi.stubGlobal('Deno', { serve })
    await load('deno')
    await expectHandledOnce(serve.mock.lastCall?.[1], 'https://receiver.example/webhooks/autify')
  })

  it('lambda', async () => {
    const { handler } = await load('lambda')
    await expectHandledOnce(async (request) => {
      const { statusCode } = await handler({
        version: '2.0',
        rawPath: new URL(request.url).pathname,
        rawQueryString: '',
        headers: Object.fromEntries(request.headers),
        requestContext: { http: { method: request.method }, domainName: 'receiver.example' },
        body: Buffer.from(await request.arrayBuffer()).toString('base64'),
        isBase64Encoded: true,
      })
      return new Response(null, { status: statusCode })
    }, 'https://receiver.example/webhooks/autify')
  })
})

/** Sends one delivery to an example's `POST`. */
async function post(handle: Handler, path: string, headers: Record<string, string>, body: string): Promise<number> {
  const request = new Request(`https://receiver.example${path}`, { method: 'POST', headers, body })
  return (await handle(request)).status
}

it('several-providers', async () => {
  const { POST } = await load('several-providers')
  const body = '{"iid":"1"}'
  const ofAutify = await sign(autify(), SECRET, body)
  const ofInsider = await sign(insider(), 'a-secret-of-insider', body)
  expect(await post(POST, '/webhooks/autify', ofAutify, body)).toBe(200)
  expect(await post(POST, '/webhooks/insider', ofInsider, body)).toBe(200)
  expect(await post(POST, '/webhooks/insider', ofAutify, body)).toBe(401)
  expect(await post(POST, '/webhooks/other', ofAutify, body)).toBe(401)
  expect(printed.mock.calls.map(([words]) => words)).toEqual(['autify says', 'insider says'])
})

it('many-tenants', async () => {
  const { POST } = await load('many-tenants')
  const body = '{"id":1}'
  const ofAcme = await sign(autify(), 'the-secret-of-acme', body)
  expect(await post(POST, '/webhooks/autify/acme', ofAcme, body)).toBe(200)
  expect(await post(POST, '/webhooks/autify/globex', ofAcme, body)).toBe(401)
  expect(await post(POST, '/webhooks/autify/nobody', ofAcme, body)).toBe(401)
  expect(await post(POST, '/webhooks/autify', ofAcme, body)).toBe(401)
  expect(printed.mock.calls).toEqual([['for acme:', { id: 1 }]])
})

it('dead-letters', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const { POST } = await load('dead-letters')
  const body = JSON.stringify({ action: 'x', id: 1, status: 'failed' })
  const headers = await sign(autify(), SECRET, body)
  const statuses: number[] = []
  for (let retry = 0; retry < 6; retry += 1) statuses.push(await post(POST, '/', headers, body))
  expect(statuses).toEqual([500, 500, 500, 500, 200, 200])
  const [line, ...more] = (await readFile(process.env.DEAD_LETTERS ?? '', 'utf8')).trimEnd().split('\n')
  expect([JSON.parse(line ?? '').body, more.length]).toEqual([body, 0])
})

it('safe-to-remove', async () => {
  const { POST, keysOnTheirWayOut } = await load('safe-to-remove')
  const send = async (secret: string) => post(POST, '/', await sign(autify(), secret, '{"id":1}'), '{"id":1}')
  const inFourDays = Date.now() + 4 * 24 * 60 * 60 * 1000
  await send(SECRET)
  expect(keysOnTheirWayOut()).toEqual([{ id: 'old', lastUsed: undefined, isSafeToRemove: false }])
  expect(keysOnTheirWayOut(inFourDays)).toMatchObject([{ isSafeToRemove: true }])
  await send('an-old-secret-of-autify')
  expect(keysOnTheirWayOut()).toEqual([{ id: 'old', lastUsed: expect.any(Number), isSafeToRemove: false }])
})

it('opentelemetry', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
  metrics.setGlobalMeterProvider(provider)
  await load('opentelemetry')
  const { POST } = await load('nextjs')
  const body = '{"id":"measured"}'
  await post(POST, '/', await sign(autify(), SECRET, body), body)
  await post(POST, '/', await sign(autify(), 'not-the-secret-of-autify', body), body)
  await provider.forceFlush()
  const [{ scopeMetrics: [scope] = [] } = {}] = exporter.getMetrics()
  const points = scope?.metrics.find(({ descriptor }) => descriptor.name === 'webhook.deliveries')?.dataPoints
  expect(points?.map(({ value, attributes }) => ({ value, ...attributes }))).toMatchObject([
    { value: 1, provider: 'autify', outcome: 'accepted', handling: 'handled', status: 200 },
    { value: 1, provider: 'autify', outcome: 'rejected', reason: 'no-matching-key', status: 401 },
  ])
  await provider.shutdown()
})

afterAll(() => {
  // What no test has run is no example.
  const files = readdirSync(new URL('../examples', import.meta.url))
  expect([...ran].sort()).toEqual(files.sort())
})
