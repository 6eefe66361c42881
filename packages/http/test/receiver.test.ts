import { CountersignError, createVerifier, type FetchRequest, type StandardSchema } from '@countersign/core'
import { describe, expect, it, vi } from 'vitest'
import { createReceiver, memoryStore, type ReceiverOptions, type Route } from '../src/index.js'
import { receiverWith, storeDown } from './receiver-under-test.js'
import { delivery, NOW, plain, plainDelivery, posted, ringWith, SECRET, verifierOf } from './vendor.js'

type VerifierChanges = Parameters<typeof verifierOf>[0]

interface Row {
  readonly what: string
  readonly status: number
  readonly request: FetchRequest
  readonly options?: Partial<ReceiverOptions<unknown>>
  readonly verifier?: VerifierChanges
}

const schema: StandardSchema<unknown> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const { n } = value as { n: unknown }
      return typeof n === 'number' ? { value: { n } } : { issues: [{ message: `no number: ${n}`, path: ['n'] }] }
    },
  },
}

const fails = () => {
  throw new Error('the database is down')
}
const throwingSchema = { '~standard': { ...schema['~standard'], validate: fails } }
const unrecorded = (complete: () => Promise<boolean>) => ({ idempotency: { ...memoryStore(), complete } })

const rows: readonly Row[] = [
  { what: 'a good delivery', status: 200, request: delivery() },
  { what: 'a good delivery without a store', status: 200, request: delivery(), options: { idempotency: 'off' } },
  { what: 'a missing signature', status: 401, request: posted('{}', {}) },
  { what: 'a malformed one', status: 401, request: delivery({ headers: { 'x-acme-signature': 'zz' } }) },
  { what: 'a forged one', status: 401, request: delivery({ secret: 'not-the-secret-of-acme' }) },
  { what: 'a stale stamp', status: 401, request: delivery({ ageSeconds: 301 }) },
  { what: 'a stamp of the future', status: 401, request: delivery({ ageSeconds: -301 }) },
  { what: 'an expired key', status: 401, request: delivery(), verifier: { keys: ringWith({ notAfter: NOW }) } },
  {
    what: 'an unknown tenant',
    status: 401,
    request: delivery(),
    verifier: { keys: () => undefined },
    options: { tenant: () => 'nobody' },
  },
  { what: 'no tenant at all', status: 401, request: delivery(), options: { tenant: () => undefined } },
  { what: 'a body that is no JSON', status: 400, request: delivery({ body: 'n=1' }) },
  { what: 'an empty body', status: 400, request: delivery({ body: '' }) },
  { what: 'bytes that are not UTF-8', status: 400, request: delivery({ body: Uint8Array.of(0x22, 0xff, 0x22) }) },
  {
    what: 'no JSON where any payload is taken',
    status: 200,
    request: delivery({ body: 'n=1' }),
    options: { payload: 'any' },
  },
  { what: 'what the schema refuses', status: 400, request: delivery({ body: '{"n":"one"}' }), verifier: { schema } },
  { what: 'a body over the cap', status: 413, request: delivery(), verifier: { maxBodyBytes: 6 } },
  { what: 'a handler that throws', status: 500, request: delivery(), options: { handle: fails } },
  { what: 'a handler that rejects', status: 500, request: delivery(), options: { handle: async () => fails() } },
  { what: 'a store that is down', status: 503, request: delivery(), options: { idempotency: storeDown } },
  {
    what: 'a store that is down, when that is chosen',
    status: 200,
    request: delivery(),
    options: { idempotency: storeDown, whenStoreDown: 'handle' },
  },
  { what: 'a completion that fails', status: 503, request: delivery(), options: unrecorded(async () => fails()) },
  { what: 'a completion that is not taken', status: 503, request: delivery(), options: unrecorded(async () => false) },
  { what: 'a key source that is down', status: 503, request: delivery(), verifier: { keys: fails } },
  {
    what: 'no usable key',
    status: 503,
    request: delivery(),
    verifier: { keys: ringWith({ notAfter: 1 }, { notAfter: 1 }) },
  },
  { what: 'a schema that throws', status: 503, request: delivery(), verifier: { schema: throwingSchema } },
  { what: 'a tenant function that throws', status: 503, request: delivery(), options: { tenant: fails } },
  { what: 'a key function that throws', status: 503, request: delivery(), options: { idempotencyKey: fails } },
]

describe('a receiver answers', () => {
  it.each(rows)('$what with $status and an empty body', async ({ request, status, options, verifier }) => {
    const { receiver, observed } = receiverWith(options, verifierOf(verifier))
    const response = (await receiver(request)) as Response
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
    expect(response.headers.has('retry-after')).toBe(status === 503)
    expect(observed()).toEqual([expect.objectContaining({ status, durationMs: expect.any(Number) })])
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s with 405 and Allow, unread', async (method) => {
    const { receiver, handle } = receiverWith()
    const request = delivery({ method })
    const response = (await receiver(request)) as Response
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(request.bodyUsed).toBe(false)
    expect(handle).not.toHaveBeenCalled()
  })

  it('a body over the cap without reading on', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1024))
      },
    })
    const request = new Request('https://receiver.example', { method: 'POST', body: endless, duplex: 'half' })
    const { receiver } = receiverWith({}, verifierOf({ maxBodyBytes: 10_240 }))
    expect((await receiver(request)).status).toBe(413)
    // Some more may be in the stream's queue.
    expect(pulled).toBeLessThan(14)
  })

  it('a body that was read before with 503, and says so on this side', async () => {
    const { receiver, onError, observed } = receiverWith()
    const request = delivery()
    await request.arrayBuffer()
    expect((await receiver(request)).status).toBe(503)
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'body-already-read' }))
    expect(observed()).toMatchObject([{ outcome: 'failed', error: 'body-already-read' }])
  })

  it('an upload that breaks off with 503, and handles nothing', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('ECONNRESET')) })
    const request = new Request('https://receiver.example', { method: 'POST', body: broken, duplex: 'half' })
    const { receiver, handle, observed, onError } = receiverWith()
    expect((await receiver(request)).status).toBe(503)
    expect(observed()).toMatchObject([{ error: 'body-unreadable' }])
    expect(onError).not.toHaveBeenCalled()
    expect(handle).not.toHaveBeenCalled()
  })
})

describe('a handler', () => {
  it('gets the event that the schema made, and the delivery it came with', async () => {
    const verifier = createVerifier(plain, { keys: SECRET, schema: schema as StandardSchema<{ n: number }> })
    const handle = vi.fn<ReceiverOptions<{ n: number }>['handle']>()
    const receiver = createReceiver(verifier, { handle, idempotency: 'off', tenant: () => 'acme-berlin' })
    expect((await receiver(plainDelivery({ body: '{"n":1,"more":true}' }))).status).toBe(200)
    const [event, context] = handle.mock.lastCall ?? []
    expect(event).toEqual({ n: 1 })
    expect(context).toMatchObject({ tenant: 'acme-berlin', attempt: 1, idempotencyKey: expect.any(String) })
    expect(context?.verdict.text()).toBe('{"n":1,"more":true}')
    expect(context?.signal.aborted).toBe(false)
  })

  it('that throws is reported as it threw', async () => {
    const error = new Error('the database is down')
    const { receiver, onError } = receiverWith({ handle: () => Promise.reject(error) })
    await receiver(delivery())
    expect(onError.mock.calls).toEqual([[error]])
  })
})

describe('one endpoint', () => {
  const route = (request: FetchRequest) =>
    ({ '/acme': verifierOf(), '/plain': createVerifier(plain, { keys: SECRET }) })[new URL(request.url).pathname]

  it('serves several providers', async () => {
    // Where requests are such, a route may be written for the global one.
    const ofRequest: Route<unknown> = (request: Request) => route(request)
    const { receiver, handle } = receiverWith({}, ofRequest)
    expect((await receiver(delivery({ url: 'https://receiver.example/acme' }))).status).toBe(200)
    expect((await receiver(plainDelivery({ url: 'https://receiver.example/plain' }))).status).toBe(200)
    expect(handle.mock.calls.map(([, { verdict }]) => verdict.provider)).toEqual(['acme', 'plain'])
  })

  it('answers what has no route as it answers an unknown tenant', async () => {
    const { receiver, observed } = receiverWith({}, async () => undefined)
    expect((await receiver(delivery())).status).toBe(401)
    expect(observed()).toMatchObject([{ outcome: 'rejected', reason: 'unknown-tenant', provider: '' }])
  })

  it.each([
    ['no route', {}, () => undefined],
    ['no tenant', { tenant: () => undefined }, verifierOf()],
  ])('reads a request for %s like the others, so that its sender cannot tell', async (_, options, verifier) => {
    const { receiver } = receiverWith(options, verifier)
    const request = delivery({ headers: { 'x-nobody': 'someone' } })
    expect((await receiver(request)).status).toBe(401)
    expect(request.bodyUsed).toBe(true)
    expect((await receiver(delivery({ body: 'x'.repeat(2 ** 20 + 1) }))).status).toBe(413)
  })

  it('that throws while it looks for the verifier answers 503', async () => {
    const { receiver } = receiverWith({}, fails)
    expect((await receiver(delivery())).status).toBe(503)
  })

  it('serves many tenants, each with keys of its own', async () => {
    const secrets: Record<string, string> = { one: 'the-secret-of-tenant-one', two: 'the-secret-of-tenant-two' }
    const keys = ({ tenant }: { tenant?: string | undefined }) => secrets[tenant ?? '']
    const tenant = (request: FetchRequest) => new URL(request.url).searchParams.get('tenant') ?? undefined
    const { receiver, handle } = receiverWith({ tenant }, verifierOf({ keys }))
    const send = async (to: string, secret: string) =>
      (await receiver(delivery({ url: `https://receiver.example/?tenant=${to}`, secret }))).status
    expect(await send('one', 'the-secret-of-tenant-one')).toBe(200)
    expect(await send('two', 'the-secret-of-tenant-one')).toBe(401)
    expect(await send('two', 'the-secret-of-tenant-two')).toBe(200)
    expect(await send('three', 'the-secret-of-tenant-one')).toBe(401)
    // The same id and body, from two tenants, are two deliveries.
    expect(handle.mock.calls.map(([, { tenant }]) => tenant)).toEqual(['one', 'two'])
  })
})

describe('a tenant', () => {
  const keys = ({ tenant }: { tenant?: string | undefined }) => (tenant === 'acme' ? SECRET : undefined)

  it('may be looked up', async () => {
    const { receiver } = receiverWith({ tenant: async () => 'acme' }, verifierOf({ keys }))
    expect((await receiver(delivery())).status).toBe(200)
  })

  it('may be what a header says, or not', async () => {
    const tenant = (request: FetchRequest) => request.headers.get('x-tenant')
    const { receiver } = receiverWith({ tenant }, verifierOf({ keys }))
    expect((await receiver(delivery())).status).toBe(401)
    expect((await receiver(delivery({ headers: { 'x-tenant': 'acme' } }))).status).toBe(200)
  })

  it.each([1, true, {}])('is not %o: that would make all tenants one', async (tenant) => {
    const { receiver, handle, onError } = receiverWith({ tenant: () => tenant as never })
    expect((await receiver(delivery())).status).toBe(503)
    expect(handle).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'option-invalid' }))
  })

  it('that fails to be looked up is answered 503', async () => {
    const { receiver } = receiverWith({ tenant: async () => fails() })
    expect((await receiver(delivery())).status).toBe(503)
  })
})

it.each([undefined, {}, { headers: { 'x-acme-id': '1' }, method: 'POST', body: {} }, { request: delivery() }])(
  'a receiver that is given %o says what it takes',
  async (request) => {
    const { receiver, onError } = receiverWith()
    expect((await receiver(request as never)).status).toBe(503)
    expect(onError.mock.lastCall?.[0].message).toMatch(
      /^option-invalid: a receiver takes a web Request: give .*toExpress/,
    )
  },
)

describe('a receiver is refused', () => {
  it.each([undefined, null, {}, plain])('for %o, which verifies nothing', (verifier) => {
    expect(() => createReceiver(verifier as never, { handle() {}, idempotency: 'off' })).toThrow(
      'option-invalid: createReceiver',
    )
  })

  it.each<[string, object]>([
    ['handle', { handle: 'print' }],
    ['idempotency', { idempotency: undefined }],
    ['idempotency', { idempotency: 'none' }],
    ['endpoint', { endpoint: 1 }],
    ['leaseMs', { leaseMs: 0 }],
    ['leaseMs', { leaseMs: Number.NaN }],
    ['leaseMs', { leaseMs: 2 ** 31 }],
    ['storeTimeoutMs', { storeTimeoutMs: 0 }],
    ['storeTimeoutMs', { storeTimeoutMs: Number.POSITIVE_INFINITY }],
    ['keepMs', { keepMs: -1 }],
    ['maxAttempts', { maxAttempts: 0 }],
    ['maxAttempts', { maxAttempts: 1.5 }],
    ['onDeadLetter', { onDeadLetter: () => {} }],
    ['duplicateInFlight', { duplicateInFlight: 'refuse' }],
    ['whenStoreDown', { whenStoreDown: 'ignore' }],
    ['payload', { payload: 'xml' }],
    ['onError', { onError: 'log' }],
    ['tenant', { tenant: 'acme' }],
    ['maxAttemps', { maxAttemps: 3 }],
    ['schema', { schema }],
  ])('for its %s in %o', (name, options) => {
    const attempt = () => receiverWith(options)
    expect(attempt).toThrow(CountersignError)
    expect(attempt).toThrow(new RegExp(`^option-invalid: ${name} `))
  })
})
