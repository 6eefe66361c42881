import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it, vi } from 'vitest'
import { createKeyUsage, type ReceiverObservation, type ReceiverOptions } from '../src/index.js'
import { receiverWith } from './receiver-under-test.js'
import { delivery, NOW, posted, ringWith, SECRET, verifierOf } from './vendor.js'

const HOUR_MS = 3_600_000

/** What is published on a channel meanwhile. */
async function published(channel: string, work: () => Promise<unknown>): Promise<ReceiverObservation[]> {
  const messages: ReceiverObservation[] = []
  const listen = (message: unknown) => messages.push(message as ReceiverObservation)
  subscribe(channel, listen)
  await work()
  unsubscribe(channel, listen)
  return messages
}

const oldKeys = [
  ['retiring', { retireFrom: NOW, notAfter: NOW + HOUR_MS }, 200],
  ['expired', { notAfter: NOW - HOUR_MS }, 401],
  ['revoked', { revokedAt: NOW - HOUR_MS }, 401],
] as const

describe('an observation', () => {
  it('says all of one delivery', async () => {
    const { receiver, observed } = receiverWith({ tenant: () => 'two' })
    await receiver(delivery())
    expect(observed()).toEqual([
      {
        provider: 'acme',
        tenant: 'two',
        outcome: 'accepted',
        reason: undefined,
        keyId: 'key-1',
        keyState: 'active',
        bodyBytes: 7,
        durationMs: expect.any(Number),
        status: 200,
        handling: 'handled',
        attempt: 1,
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  it.each([
    ['no-matching-key', delivery({ secret: 'not-the-secret-of-acme' })],
    ['missing-signature', delivery({ headers: { 'x-acme-id': '' } })],
    ['too-old', delivery({ ageSeconds: 1000 })],
    ['invalid-payload', delivery({ body: 'n=1' })],
  ])('names the reason %s', async (reason, request) => {
    const { receiver, observed } = receiverWith()
    await receiver(request)
    expect(observed()).toMatchObject([{ outcome: 'rejected', reason, provider: 'acme' }])
  })

  it('holds neither secret nor body nor signature, whatever comes', async () => {
    const { receiver, observed } = receiverWith({
      handle: () => {
        throw new Error('{"n":1}')
      },
    })
    for (const request of [delivery(), delivery({ body: 'n=1' }), delivery({ secret: 'not-the-secret-of-acme' })]) {
      const signature = request.headers.get('x-acme-signature') ?? ''
      await receiver(request)
      const text = JSON.stringify(observed())
      for (const hidden of [SECRET, signature, '"n"', 'n=1']) expect(text).not.toContain(hidden)
    }
  })

  it.each(oldKeys)('notes that a %s key matched', async (state, dates, status) => {
    const { receiver, observed } = receiverWith({}, verifierOf({ keys: ringWith(dates) }))
    await receiver(delivery())
    expect(observed()).toMatchObject([{ note: `${state}-key-matched`, keyId: 'key-1', keyState: state, status }])
  })

  it('costs no delivery when the observer throws', async () => {
    const { receiver } = receiverWith({
      observe: () => {
        throw new Error('no disk space')
      },
    })
    expect((await receiver(delivery())).status).toBe(200)
  })

  it.each(['observe', 'onError'] as const)('costs nothing when %s is an async function that fails', async (name) => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', note)
    const fail = async () => {
      throw new Error('no disk space')
    }
    const { receiver } = receiverWith({ handle: fail, [name]: fail }, verifierOf({ observe: fail }))
    expect((await receiver(delivery())).status).toBe(500)
    expect((await receiver(posted('{}', {}))).status).toBe(401)
    // A rejection that nobody was there for is told after the microtasks.
    await new Promise((resume) => setTimeout(resume, 10))
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
  })

  it('comes with the detail of a refusal, and with the request', async () => {
    const observe = vi.fn<NonNullable<ReceiverOptions<unknown>['observe']>>()
    const { receiver } = receiverWith({ observe })
    const request = delivery({ headers: { 'x-acme-signature': 'zz', 'x-request-id': '7' } })
    await receiver(request)
    expect(observe.mock.lastCall?.[0].detail).toContain('X-Acme-Signature')
    expect(observe.mock.lastCall?.[1]).toBe(request)
  })

  it('still goes to the observer of the verifier', async () => {
    const seen: unknown[] = []
    const { receiver } = receiverWith({}, verifierOf({ observe: (observation) => seen.push(observation) }))
    await receiver(delivery())
    expect(seen).toMatchObject([{ outcome: 'accepted', keyId: 'key-1' }])
  })
})

describe('the diagnostics channels', () => {
  it('tell of every delivery', async () => {
    const { receiver, observed } = receiverWith()
    const messages = await published('countersign:delivery', async () => {
      await receiver(delivery())
      await receiver(delivery({ secret: 'not-the-secret-of-acme' }))
    })
    expect(messages).toEqual(observed())
    expect(messages).toMatchObject([{ status: 200 }, { status: 401 }])
  })

  it.each(oldKeys)('tell apart that a %s key matched', async (_, dates) => {
    const { receiver, observed } = receiverWith({}, verifierOf({ keys: ringWith(dates) }))
    const messages = await published('countersign:old-key', async () => {
      await receiver(delivery())
      await receiver(delivery({ id: 'evt_2', secret: 'another-secret-for-tests' }))
    })
    expect(messages).toEqual(observed().slice(0, 1))
  })
})

describe('key usage', () => {
  it('knows when each key was last needed, refused deliveries included', async () => {
    let now = 1000
    const usage = createKeyUsage({ now: () => now })
    const { receiver } = receiverWith(
      { observe: usage.observe },
      verifierOf({ keys: ringWith({ notAfter: NOW - HOUR_MS }) }),
    )
    await receiver(delivery())
    now = 2000
    await receiver(delivery({ id: 'evt_2', secret: 'another-secret-for-tests' }))
    now = 3000
    await receiver(delivery())
    expect([usage.lastUsed('key-1'), usage.lastUsed('key-2'), usage.lastUsed('key-3')]).toEqual([3000, 2000, undefined])
    expect(usage.list()).toEqual([
      { provider: 'acme', tenant: undefined, keyId: 'key-2', keyState: 'active', lastUsed: 2000, count: 1 },
      { provider: 'acme', tenant: undefined, keyId: 'key-1', keyState: 'expired', lastUsed: 3000, count: 2 },
    ])
  })

  it('does not count what may be a replay', async () => {
    const usage = createKeyUsage()
    const { receiver } = receiverWith({ observe: usage.observe })
    await receiver(delivery({ ageSeconds: 1000 }))
    await receiver(delivery({ ageSeconds: -1000 }))
    expect(usage.list()).toEqual([])
  })

  it.each(oldKeys)('does not count, note or publish an old delivery of a %s key', async (_, dates) => {
    const usage = createKeyUsage()
    const observed: ReceiverObservation[] = []
    const observe = (observation: ReceiverObservation) => {
      observed.push(observation)
      usage.observe(observation)
    }
    const { receiver } = receiverWith({ observe }, verifierOf({ keys: ringWith(dates) }))
    const messages = await published('countersign:old-key', () => receiver(delivery({ ageSeconds: 864_000 })))
    expect([usage.list(), messages]).toEqual([[], []])
    expect(observed[0]?.note).toBe(undefined)
  })

  it('keeps tenants and providers apart', () => {
    let now = 1
    const usage = createKeyUsage({ now: () => now++ })
    const used = { keyId: 'key-1', keyState: 'active' } as const
    usage.observe({ ...used, provider: 'acme', tenant: 'one' })
    usage.observe({ ...used, provider: 'acme', tenant: 'two' })
    usage.observe({ ...used, provider: 'plain' })
    expect(usage.lastUsed('key-1', { tenant: 'one' })).toBe(1)
    expect(usage.lastUsed('key-1', { provider: 'acme' })).toBe(2)
    expect(usage.lastUsed('key-1')).toBe(3)
  })

  it('forgets the key that was not used for longest', () => {
    const usage = createKeyUsage({ maxKeys: 2 })
    for (const keyId of ['a', 'b', 'a', 'c']) usage.observe({ provider: 'acme', keyId, keyState: 'active' })
    expect(usage.list().map(({ keyId }) => keyId)).toEqual(['a', 'c'])
  })

  it('is refused for no keys at all', () => {
    expect(() => createKeyUsage({ maxKeys: 0 })).toThrow('option-invalid: maxKeys')
  })
})
