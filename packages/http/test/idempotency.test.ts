import type { IdempotencyStore } from '@countersign/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiver, memoryStore } from '../src/index.js'
import { gate, receiverWith, storeDown } from './receiver-under-test.js'
import { delivery, verifierOf } from './vendor.js'

const LEASE = 30_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets time pass until something is answered: what runs elsewhere, such as a hash, is waited for between. */
async function answered<Result>(pending: Promise<Result>): Promise<Result> {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  pending.then(settle, settle)
  while (!isSettled) await vi.advanceTimersByTimeAsync(100)
  return pending
}

/** A process that dies with a claim: its handler never ends, and its lease is not extended. */
async function dieWhileHandling(store: IdempotencyStore): Promise<void> {
  const idempotency = { ...store, extend: () => new Promise<boolean>(() => {}) }
  const { receiver, handle } = receiverWith({ idempotency, leaseMs: LEASE })
  handle.mockImplementation(() => new Promise(() => {}))
  receiver(delivery()).catch(() => {})
  await vi.waitFor(() => expect(handle).toHaveBeenCalled())
}

describe('the same delivery again', () => {
  it.each([
    ['as it was', delivery()],
    ['with a new stamp and signature', delivery({ ageSeconds: -10 })],
    ['at another address', delivery({ url: 'https://other.example/elsewhere?x=1' })],
    ['with headers that are not signed', delivery({ headers: { 'x-request-id': '2' } })],
  ])('%s is answered 200 and not handled', async (_, again) => {
    const { receiver, handle, observed } = receiverWith()
    expect((await receiver(delivery())).status).toBe(200)
    expect((await receiver(again)).status).toBe(200)
    expect(handle).toHaveBeenCalledOnce()
    expect(observed().map(({ handling }) => handling)).toEqual(['handled', 'duplicate'])
  })

  it('is handled again once it is no longer kept', async () => {
    const { receiver, handle } = receiverWith({ keepMs: 60_000 })
    await receiver(delivery())
    await vi.advanceTimersByTimeAsync(60_001)
    await receiver(delivery())
    expect(handle).toHaveBeenCalledTimes(2)
  })

  it('is handled again where idempotency is off', async () => {
    const { receiver, handle } = receiverWith({ idempotency: 'off' })
    await receiver(delivery())
    await receiver(delivery())
    expect(handle).toHaveBeenCalledTimes(2)
  })

  it('is handled again after its handler failed', async () => {
    const { receiver, handle } = receiverWith()
    handle.mockRejectedValueOnce(new Error('once'))
    expect((await receiver(delivery())).status).toBe(500)
    expect((await receiver(delivery())).status).toBe(200)
    expect(handle.mock.calls.map(([, { attempt }]) => attempt)).toEqual([1, 2])
  })

  it('while it is being handled waits, and is not handled', async () => {
    const { opened, open } = gate()
    const { receiver, handle, observed } = receiverWith({ handle: () => opened })
    const first = receiver(delivery())
    const others = [receiver(delivery()), receiver(delivery())]
    await vi.advanceTimersByTimeAsync(10_000)
    open()
    const statuses = (await answered(Promise.all([first, ...others]))).map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200])
    expect(observed().map(({ handling }) => handling)).toEqual(['handled', 'duplicate', 'duplicate'])
    expect(handle).not.toHaveBeenCalled()
  })

  it('that waits is handled when the first one failed', async () => {
    const { opened, open } = gate()
    const { receiver, handle } = receiverWith()
    handle.mockImplementationOnce(async () => {
      await opened
      throw new Error('once')
    })
    const first = receiver(delivery())
    const second = receiver(delivery())
    await vi.advanceTimersByTimeAsync(1000)
    open()
    const responses = await answered(Promise.all([first, second]))
    expect(responses.map(({ status }) => status)).toEqual([500, 200])
  })

  it('does not wait for longer than a lease', async () => {
    const { opened, open } = gate()
    const { receiver, observed } = receiverWith({ handle: () => opened, leaseMs: LEASE })
    const first = receiver(delivery())
    const second = (await answered(receiver(delivery()))) as Response
    expect([second.status, observed()[0]?.handling]).toEqual([409, 'in-progress'])
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    open()
    expect((await answered(first)).status).toBe(200)
  })

  it('is answered 409 at once where that is chosen', async () => {
    const { opened, open } = gate()
    const { receiver } = receiverWith({ handle: () => opened, leaseMs: LEASE, duplicateInFlight: 'conflict' })
    const first = receiver(delivery())
    await vi.waitFor(async () => expect((await receiver(delivery())).status).toBe(409))
    const second = (await receiver(delivery())) as Response
    // All of the lease, in whole seconds.
    expect(second.headers.get('retry-after')).toBe('30')
    open()
    expect((await answered(first)).status).toBe(200)
  })

  it('that waits is not handled because the store goes down', async () => {
    const { opened, open } = gate()
    const memory = memoryStore()
    const claim = vi.fn<IdempotencyStore['claim']>(memory.claim)
    const idempotency = { ...memory, claim }
    const { receiver, observed } = receiverWith({ handle: () => opened, idempotency, whenStoreDown: 'handle' })
    const first = receiver(delivery())
    await vi.waitFor(() => expect(claim).toHaveBeenCalledOnce())
    const second = receiver(delivery())
    await vi.waitFor(() => expect(claim).toHaveBeenCalledTimes(2))
    claim.mockImplementation(storeDown.claim)
    expect((await answered(second)).status).toBe(409)
    open()
    await answered(first)
    expect(observed().map(({ handling }) => handling)).toEqual(['in-progress', 'handled'])
  })
})

describe('other deliveries', () => {
  it.each([
    ['of another id', {}, delivery({ id: 'evt_2' })],
    ['of another endpoint', { endpoint: 'invoices' }, delivery()],
    ['of another tenant', { tenant: () => 'other' }, delivery()],
  ])('%s are handled', async (_, options, request) => {
    const idempotency = memoryStore()
    const one = receiverWith({ idempotency })
    const other = receiverWith({ idempotency, ...options })
    await one.receiver(delivery())
    await other.receiver(request)
    expect([one.handle, other.handle].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })
})

describe('a lease', () => {
  it('is kept for as long as the handler runs', async () => {
    const { opened, open } = gate()
    const signals: unknown[] = []
    const { receiver, handle } = receiverWith({ leaseMs: LEASE, duplicateInFlight: 'conflict' })
    handle.mockImplementation(async (_, { signal }) => {
      signals.push(signal.aborted)
      await opened
      signals.push(signal.aborted)
    })
    const first = receiver(delivery())
    await vi.waitFor(() => expect(handle).toHaveBeenCalled())
    await vi.advanceTimersByTimeAsync(10 * LEASE)
    expect((await answered(receiver(delivery()))).status).toBe(409)
    open()
    expect((await answered(first)).status).toBe(200)
    expect(signals).toEqual([false, false])
  })

  it('survives one extension that fails', async () => {
    const { opened, open } = gate()
    const memory = memoryStore()
    const extend = vi.fn<IdempotencyStore['extend']>(memory.extend).mockRejectedValueOnce(new Error('a blip'))
    const { receiver, handle } = receiverWith({ leaseMs: LEASE, idempotency: { ...memory, extend } })
    handle.mockImplementation(() => opened)
    const first = receiver(delivery())
    await vi.waitFor(() => expect(handle).toHaveBeenCalled())
    await vi.advanceTimersByTimeAsync(2 * LEASE)
    expect(handle.mock.lastCall?.[1].signal.aborted).toBe(false)
    open()
    expect((await answered(first)).status).toBe(200)
  })

  it.each<[string, Partial<IdempotencyStore>]>([
    ['another took it', { extend: async () => false, complete: async () => false }],
    ['the store could not be reached', { extend: storeDown.extend, complete: storeDown.complete }],
    ['the store did not answer', { extend: () => new Promise(() => {}), complete: async () => false }],
  ])('that is lost since %s aborts the handler, and the answer is 503', async (_, broken) => {
    const { receiver, handle, observed } = receiverWith({
      leaseMs: LEASE,
      idempotency: { ...memoryStore(), ...broken },
    })
    handle.mockImplementation(
      (_event, { signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
    )
    const response = await answered(receiver(delivery()))
    expect(response.status).toBe(503)
    expect(handle.mock.lastCall?.[1].signal.reason).toMatchObject({ code: 'lease-lost' })
    expect(observed()).toMatchObject([{ handling: 'not-recorded' }])
  })

  it('counts from when it was asked for, not from when the answer came', async () => {
    const memory = memoryStore()
    const claim: IdempotencyStore['claim'] = async (key, leaseMs) => {
      const claimed = await memory.claim(key, leaseMs)
      await new Promise((resume) => setTimeout(resume, 25_000))
      return claimed
    }
    const extend = vi.fn<IdempotencyStore['extend']>(memory.extend)
    const { receiver, handle } = receiverWith({
      leaseMs: LEASE,
      storeTimeoutMs: LEASE,
      idempotency: { ...memory, claim, extend },
    })
    const { opened, open } = gate()
    handle.mockImplementation(() => opened)
    const first = receiver(delivery())
    // Step by step: waitFor would take as long in real time.
    while (handle.mock.calls.length === 0) await vi.advanceTimersByTimeAsync(100)
    expect(extend).toHaveBeenCalledOnce()
    open()
    expect((await answered(first)).status).toBe(200)
  })

  it('is not shortened by a late answer', async () => {
    const memory = memoryStore()
    const extend = vi.fn<IdempotencyStore['extend']>(memory.extend).mockImplementationOnce(async (...asked) => {
      const isKept = await memory.extend(...asked)
      await new Promise((resume) => setTimeout(resume, 29_000))
      return isKept
    })
    const { receiver, handle } = receiverWith({ leaseMs: LEASE, idempotency: { ...memory, extend } })
    const { opened, open } = gate()
    handle.mockImplementation(() => opened)
    const first = receiver(delivery())
    await vi.waitFor(() => expect(handle).toHaveBeenCalled())
    await vi.advanceTimersByTimeAsync(3 * LEASE)
    expect(handle.mock.lastCall?.[1].signal.aborted).toBe(false)
    open()
    expect((await answered(first)).status).toBe(200)
  })

  it('that is lost leaves the dead letter to who has it', async () => {
    const onDeadLetter = vi.fn()
    const broken = { extend: async () => false, release: async () => false }
    const { receiver, handle } = receiverWith({
      leaseMs: LEASE,
      idempotency: { ...memoryStore(), ...broken },
      maxAttempts: 1,
      onDeadLetter,
    })
    handle.mockImplementation((_event, { signal }) => {
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    expect((await answered(receiver(delivery()))).status).toBe(500)
    expect(onDeadLetter).not.toHaveBeenCalled()
  })

  it('of a handler that died runs out, and the retry is handled', async () => {
    const idempotency = memoryStore()
    await dieWhileHandling(idempotency)
    const { receiver, handle } = receiverWith({ idempotency, leaseMs: LEASE })
    expect((await answered(receiver(delivery()))).status).toBe(200)
    expect(handle.mock.calls.map(([, { attempt }]) => attempt)).toEqual([2])
  })

  it('leaves no timer behind', async () => {
    const { receiver } = receiverWith()
    await receiver(delivery())
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a delivery that fails again and again', () => {
  const failing = (store: IdempotencyStore | 'off', onDeadLetter?: () => void) => {
    const spy = vi.fn(() => Promise.reject(new Error('poison')))
    return { spy, ...receiverWith({ handle: spy, idempotency: store, maxAttempts: 3, onDeadLetter }) }
  }
  const uncounted = (): IdempotencyStore => {
    const memory = memoryStore()
    return {
      ...memory,
      async claim(key, leaseMs) {
        const claim = await memory.claim(key, leaseMs)
        return claim.state === 'claimed' ? { state: 'claimed', token: claim.token } : claim
      },
    }
  }

  it.each<[string, IdempotencyStore | 'off']>([
    ['a store that counts', memoryStore()],
    ['a store that does not', uncounted()],
    ['no store', 'off'],
  ])('is given up after maxAttempts, with %s', async (_, store) => {
    const onDeadLetter = vi.fn()
    const { receiver, spy, observed } = failing(store, onDeadLetter)
    const statuses: number[] = []
    for (let retry = 0; retry < 3; retry += 1) statuses.push((await receiver(delivery())).status)
    expect(statuses).toEqual([500, 500, 200])
    expect(spy).toHaveBeenCalledTimes(3)
    expect(onDeadLetter.mock.calls).toEqual([[expect.objectContaining({ deliveryId: 'evt_1' }), new Error('poison')]])
    expect(observed().at(-1)).toMatchObject({ handling: 'dead-letter', attempt: 3 })
  })

  it('is done once it was given up', async () => {
    const { receiver, spy } = failing(memoryStore(), () => {})
    for (let retry = 0; retry < 5; retry += 1) await receiver(delivery())
    expect(spy).toHaveBeenCalledTimes(3)
  })

  it('goes to the dead letters again where those failed, without being handled', async () => {
    const onDeadLetter = vi.fn().mockRejectedValueOnce(new Error('full'))
    const { receiver, spy } = failing(memoryStore(), onDeadLetter)
    const statuses: number[] = []
    for (let retry = 0; retry < 4; retry += 1) statuses.push((await receiver(delivery())).status)
    expect(statuses).toEqual([500, 500, 500, 200])
    expect(spy).toHaveBeenCalledTimes(3)
    expect(onDeadLetter).toHaveBeenCalledTimes(2)
  })

  it('is given up although it took its process with it each time', async () => {
    const idempotency = memoryStore()
    for (let crash = 0; crash < 3; crash += 1) {
      await dieWhileHandling(idempotency)
      await vi.advanceTimersByTimeAsync(LEASE + 1)
    }
    const onDeadLetter = vi.fn()
    const { receiver, handle } = receiverWith({ idempotency, maxAttempts: 3, onDeadLetter })
    expect((await receiver(delivery())).status).toBe(200)
    expect(handle).not.toHaveBeenCalled()
    expect(onDeadLetter.mock.lastCall?.[1]).toMatchObject({ code: 'attempts-exhausted' })
  })
})

describe('copies that run side by side, since nothing was claimed,', () => {
  it.each<[string, Parameters<typeof receiverWith>[0]]>([
    ['off', { idempotency: 'off' }],
    ['down', { idempotency: storeDown, whenStoreDown: 'handle' }],
  ])('are all handled while none has failed, with the store %s', async (_, options) => {
    const { opened, open } = gate()
    const onDeadLetter = vi.fn()
    const { receiver, handle } = receiverWith({ ...options, maxAttempts: 2, onDeadLetter })
    handle.mockImplementation(() => opened)
    const copies = Array.from({ length: 5 }, () => receiver(delivery()))
    await vi.waitFor(() => expect(handle).toHaveBeenCalledTimes(5))
    open()
    expect((await Promise.all(copies)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(onDeadLetter).not.toHaveBeenCalled()
  })

  it('have signals of their own', async () => {
    const { receiver, handle } = receiverWith({ idempotency: 'off' })
    await receiver(delivery())
    await receiver(delivery())
    const [one, other] = handle.mock.calls.map(([, { signal }]) => signal)
    expect(one).not.toBe(other)
  })
})

describe('the handler is told its claim', () => {
  it('by key and token, with which it can be completed', async () => {
    const store = memoryStore()
    const { receiver, handle, observed } = receiverWith({ idempotency: store })
    handle.mockImplementation(async (_, { claim }) => store.complete(claim?.key ?? '', claim?.token ?? '', 60_000))
    await receiver(delivery())
    expect(await handle.mock.results[0]?.value).toBe(true)
    expect(handle.mock.calls[0]?.[1].claim?.key).toBe(observed()[0]?.idempotencyKey)
  })

  it.each([
    ['idempotency is off', { idempotency: 'off' as const }],
    ['nothing could be claimed', { idempotency: storeDown, whenStoreDown: 'handle' as const }],
  ])('unless %s', async (_, options) => {
    const { receiver, handle } = receiverWith(options)
    await receiver(delivery())
    expect(handle.mock.calls[0]?.[1].claim).toBeUndefined()
  })
})

describe('a store that is down', () => {
  it('has nothing handled', async () => {
    const { receiver, handle, observed, onError } = receiverWith({ idempotency: storeDown })
    await receiver(delivery())
    expect(handle).not.toHaveBeenCalled()
    expect(observed()).toMatchObject([{ handling: 'store-down', error: 'store-failed' }])
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'store-failed', cause: expect.any(Error) }))
  })

  it('has all handled where that is chosen, and says so', async () => {
    const { receiver, handle, observed } = receiverWith({ idempotency: storeDown, whenStoreDown: 'handle' })
    await receiver(delivery())
    expect(handle).toHaveBeenCalledOnce()
    expect(observed()).toMatchObject([{ handling: 'handled', error: 'store-failed', status: 200 }])
  })

  it('that fails to release does not hide that the handler failed', async () => {
    const idempotency = { ...memoryStore(), release: storeDown.release }
    const { receiver, handle, onError } = receiverWith({ idempotency })
    handle.mockRejectedValue(new Error('the database is down'))
    expect((await receiver(delivery())).status).toBe(500)
    expect(onError.mock.calls.map(([error]) => error)).toMatchObject([
      { message: 'the database is down' },
      { code: 'store-failed' },
    ])
  })

  it.each([
    undefined,
    null,
    {},
    { state: 'new' },
    { state: 'claimed' },
    { state: 'claimed', token: 't', attempt: Number.NaN },
  ])('by answering %o has nothing handled', async (claim) => {
    const idempotency = { ...memoryStore(), claim: async () => claim as never }
    const { receiver, handle } = receiverWith({ idempotency })
    expect((await receiver(delivery())).status).toBe(503)
    expect(handle).not.toHaveBeenCalled()
  })

  it('by never answering a claim has nothing handled', async () => {
    const idempotency = { ...memoryStore(), claim: () => new Promise<never>(() => {}) }
    const { receiver, handle, onError } = receiverWith({ idempotency, storeTimeoutMs: 2000 })
    expect((await answered(receiver(delivery()))).status).toBe(503)
    expect(handle).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'store-failed',
        message: expect.stringContaining('claim: no answer within 2000 ms'),
      }),
    )
  })

  it('by claiming too late leaves the delivery to the retry', async () => {
    const store = memoryStore()
    const thaw = gate()
    const claim: IdempotencyStore['claim'] = async (key, leaseMs) => {
      await thaw.opened
      return store.claim(key, leaseMs)
    }
    const frozen = { ...store, claim }
    const { receiver } = receiverWith({ idempotency: frozen, leaseMs: LEASE })
    expect((await answered(receiver(delivery()))).status).toBe(503)
    thaw.open()
    await vi.advanceTimersByTimeAsync(0)
    const { receiver: another, handle } = receiverWith({ idempotency: store, duplicateInFlight: 'conflict' })
    expect((await another(delivery())).status).toBe(200)
    expect(handle).toHaveBeenCalledOnce()
  })

  it('by never answering a completion is 503, and says that it was handled', async () => {
    const idempotency = { ...memoryStore(), complete: () => new Promise<never>(() => {}) }
    const { receiver, handle, observed } = receiverWith({ idempotency })
    expect((await answered(receiver(delivery()))).status).toBe(503)
    expect(handle).toHaveBeenCalledOnce()
    expect(observed()).toMatchObject([{ handling: 'not-recorded', error: 'store-failed' }])
  })

  it('by never answering a release is 500 like any failure', async () => {
    const idempotency = { ...memoryStore(), release: () => new Promise<never>(() => {}) }
    const { receiver, handle } = receiverWith({ idempotency })
    handle.mockRejectedValue(new Error('the database is down'))
    expect((await answered(receiver(delivery()))).status).toBe(500)
  })

  it('by throwing at once is down all the same', async () => {
    const claim = () => {
      throw new Error('not connected')
    }
    const { receiver } = receiverWith({ idempotency: { ...memoryStore(), claim } })
    expect((await receiver(delivery())).status).toBe(503)
  })
})

it('is not told by default: errors go to the console', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = new Error('the database is down')
  const receiver = createReceiver(verifierOf(), { handle: () => Promise.reject(error), idempotency: 'off' })
  await receiver(delivery())
  expect(printed.mock.calls).toEqual([[error]])
  printed.mockRestore()
})
