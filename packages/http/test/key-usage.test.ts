import { CountersignError, type KeyUseRecords, memoryKeyUses } from '@countersign/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeyUsage } from '../src/index.js'
import { receiverWith } from './receiver-under-test.js'
import { delivery } from './vendor.js'

const EVERY_MS = 10_000
const used = (keyId: string, more: object = {}) => ({ provider: 'acme', keyId, keyState: 'active' as const, ...more })

/** Records whose calls are counted, and which can be made to fail. */
function underTest() {
  const memory = memoryKeyUses()
  const control = { isDown: false }
  const record = vi.fn<KeyUseRecords['record']>(async (ring, uses) => {
    if (control.isDown) throw new CountersignError('store-failed', 'down')
    return memory.record(ring, uses)
  })
  return { records: { record, read: memory.read }, record, control }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('createKeyUsage with records', () => {
  it('writes what changed, together, once in everyMs', async () => {
    const { records, record } = underTest()
    const usage = createKeyUsage({ records, ring: 'acme', now: () => Date.now() })
    for (const keyId of ['a', 'b', 'a']) usage.observe(used(keyId))
    await vi.advanceTimersByTimeAsync(EVERY_MS - 1)
    expect(record).not.toHaveBeenCalled()
    usage.observe(used('a'))
    const lastUsed = Date.now()
    await vi.advanceTimersByTimeAsync(1)
    expect(record.mock.calls).toEqual([
      [
        'acme',
        [
          { keyId: 'b', lastUsed: lastUsed - EVERY_MS + 1 },
          { keyId: 'a', lastUsed },
        ],
      ],
    ])
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS)
    expect(record).toHaveBeenCalledTimes(1)
    expect(await records.read('acme')).toContainEqual({ keyId: 'a', lastUsed })
  })

  it('writes a hundred thousand uses of a minute six times', async () => {
    const { records, record } = underTest()
    const usage = createKeyUsage({ records, ring: 'acme' })
    for (let second = 0; second < 60; second++) {
      for (let uses = 0; uses < 1667; uses++) usage.observe(used('a'))
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(record).toHaveBeenCalledTimes(6)
  })

  it('is told by a receiver, whose deliveries a store that is down costs nothing', async () => {
    const { records, control } = underTest()
    const onError = vi.fn()
    const usage = createKeyUsage({ records, ring: 'acme', onError, now: () => 5000 })
    const { receiver } = receiverWith({ observe: usage.observe })
    control.isDown = true
    expect((await receiver(delivery())).status).toBe(200)
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: 'store-failed' })]])
    control.isDown = false
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(await records.read('acme')).toEqual([{ keyId: 'key-1', lastUsed: 5000 }])
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('writes what failed with the next, and the later time of each key', async () => {
    const { records, record, control } = underTest()
    let now = 1
    const usage = createKeyUsage({ records, ring: 'acme', now: () => now })
    for (const keyId of ['a', 'b']) usage.observe(used(keyId))
    control.isDown = true
    await usage.flush()
    now = 2
    usage.observe(used('a'))
    control.isDown = false
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(record).toHaveBeenCalledTimes(2)
    expect(await records.read('acme')).toEqual([
      { keyId: 'a', lastUsed: 2 },
      { keyId: 'b', lastUsed: 1 },
    ])
  })

  it('does not let a use that comes while an older one fails be overtaken by it', async () => {
    const { records, record } = underTest()
    let now = 1
    const usage = createKeyUsage({ records, ring: 'acme', now: () => now })
    record.mockImplementationOnce(async () => {
      now = 2
      usage.observe(used('a'))
      throw new Error('down')
    })
    usage.observe(used('a'))
    await usage.flush()
    await usage.flush()
    expect(await records.read('acme')).toEqual([{ keyId: 'a', lastUsed: 2 }])
  })

  it('flushes what has not been written, and what is being written, and nothing twice', async () => {
    const { records, record } = underTest()
    let go = () => {}
    record.mockImplementationOnce(() => new Promise<void>((resolve) => (go = resolve)))
    const usage = createKeyUsage({ records, ring: 'acme', now: () => 1 })
    usage.observe(used('a'))
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    usage.observe(used('b'))
    let isFlushed = false
    const flushed = usage.flush().then(() => {
      isFlushed = true
    })
    await vi.advanceTimersByTimeAsync(1)
    expect([isFlushed, record.mock.calls.length]).toEqual([false, 1])
    go()
    await flushed
    expect(record.mock.lastCall).toEqual(['acme', [{ keyId: 'b', lastUsed: 1 }]])
    await usage.flush()
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(record).toHaveBeenCalledTimes(2)
  })

  it('keeps the rings of tenants apart, and records nothing of those without one', async () => {
    const { records } = underTest()
    const usage = createKeyUsage({ records, now: () => 1, ring: ({ tenant }) => tenant && `acme/${tenant}` })
    for (const tenant of ['one', 'two', undefined]) usage.observe(used('a', { tenant }))
    usage.observe(used('b', { tenant: 'two' }))
    await usage.flush()
    expect(await records.read('acme/one')).toEqual([{ keyId: 'a', lastUsed: 1 }])
    expect(await records.read('acme/two')).toHaveLength(2)
  })

  it.each([
    [
      'a ring that cannot be told',
      {
        ring: () => {
          throw new Error('no such tenant')
        },
      },
    ],
    [
      'records that throw',
      {
        records: {
          record: () => {
            throw new Error('no such tenant')
          },
        },
      },
    ],
  ])('tells onError of %s, and throws nothing', async (_, broken) => {
    const { records } = underTest()
    const onError = vi.fn()
    const usage = createKeyUsage({ records, ring: 'acme', onError, ...(broken as object) })
    usage.observe(used('a'))
    await usage.flush()
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'no such tenant' }))
  })

  it('is not harmed by an onError that throws, or rejects', async () => {
    const { records, control } = underTest()
    control.isDown = true
    for (const onError of [
      () => {
        throw new Error('no disk')
      },
      async () => {
        throw new Error('no disk')
      },
    ]) {
      const usage = createKeyUsage({ records, ring: 'acme', onError })
      usage.observe(used('a'))
      await expect(usage.flush()).resolves.toBeUndefined()
    }
  })

  it('takes whole milliseconds of a clock that has parts of them', async () => {
    const { records } = underTest()
    const usage = createKeyUsage({ records, ring: 'acme', now: () => 7.9 })
    usage.observe(used('a'))
    await usage.flush()
    expect(await records.read('acme')).toEqual([{ keyId: 'a', lastUsed: 7 }])
  })

  it('remembers as many as maxKeys while the store is down', async () => {
    const { records, control } = underTest()
    control.isDown = true
    const usage = createKeyUsage({ records, ring: 'acme', maxKeys: 2, now: () => 1 })
    for (const keyId of ['a', 'b', 'c']) usage.observe(used(keyId))
    await usage.flush()
    control.isDown = false
    await usage.flush()
    expect((await records.read('acme')).map(({ keyId }) => keyId)).toEqual(['b', 'c'])
  })

  it('forgets the oldest of them, also where a newer one came while it failed', async () => {
    const { records, record } = underTest()
    let now = 1
    const usage = createKeyUsage({ records, ring: 'acme', maxKeys: 1, now: () => now })
    record.mockImplementationOnce(async () => {
      now = 2
      usage.observe(used('b'))
      throw new Error('down')
    })
    usage.observe(used('a'))
    await usage.flush()
    await usage.flush()
    expect(await records.read('acme')).toEqual([{ keyId: 'b', lastUsed: 2 }])
  })

  it('does not keep a process alive', async () => {
    vi.useRealTimers()
    const { records } = underTest()
    const timer = vi.spyOn(globalThis, 'setTimeout')
    createKeyUsage({ records, ring: 'acme' }).observe(used('a'))
    expect(timer.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false])
    timer.mockRestore()
  })

  it.each([
    ['records without a ring', { records: memoryKeyUses() }],
    ['a ring without records', { ring: 'acme' }],
    ['records that are none', { records: {}, ring: 'acme' }],
    ['everyMs below 0', { records: memoryKeyUses(), ring: 'acme', everyMs: -1 }],
    ['everyMs that no timer takes', { records: memoryKeyUses(), ring: 'acme', everyMs: Number.POSITIVE_INFINITY }],
    ['everyMs that is no number', { records: memoryKeyUses(), ring: 'acme', everyMs: Number.NaN }],
  ])('refuses %s', (_, options) => {
    expect(() => createKeyUsage(options as never)).toThrow(expect.objectContaining({ code: 'option-invalid' }))
  })

  it('without them, flushes nothing', async () => {
    const usage = createKeyUsage()
    usage.observe(used('a'))
    await expect(usage.flush()).resolves.toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
  })
})
