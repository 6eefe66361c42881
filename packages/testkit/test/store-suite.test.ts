import type { IdempotencyStore } from '@countersign/core'
import { describe, expect, it, vi } from 'vitest'
import { type StoreUnderTest, storeSuite } from '../src/index.js'
import { DEFECTS } from './defective-stores.js'
import { startOnSystemClock, startPlain } from './plain-store.js'

async function failuresOf(start: () => Promise<StoreUnderTest>): Promise<readonly string[]> {
  const failures: string[] = []
  for (const { name, run } of storeSuite(start)) {
    await run().catch((error: unknown) => failures.push(`${name} [${String(error)}]`))
  }
  return failures
}

/** A store may leave them out. */
function withoutAttempts(good: IdempotencyStore): Partial<IdempotencyStore> {
  return {
    claim: async (key, leaseMs) => {
      const claim = await good.claim(key, leaseMs)
      return claim.state === 'claimed' ? { state: 'claimed', token: claim.token } : claim
    },
  }
}

describe('a good store passes each case', () => {
  for (const { name, run } of storeSuite(startPlain())) it(name, run)
})

describe('a good store that', () => {
  it('counts no attempts passes', async () => {
    expect(await failuresOf(startPlain(withoutAttempts))).toEqual([])
  })

  it('takes a second completion for the first passes', async () => {
    const start = startPlain((good, data) => ({
      complete: async (key, token, keepMs) => {
        const row = data.rows.get(key)
        const isDone = row?.state === 'done' && row.until > data.now
        return (isDone && row.token === token) || good.complete(key, token, keepMs)
      },
    }))
    expect(await failuresOf(start)).toEqual([])
  })

  it('takes a lease that has run out for lost at once passes', async () => {
    const start = startPlain((good, data) => {
      const isHeld = (key: string) => (data.rows.get(key)?.until ?? 0) > data.now
      return {
        extend: async (...given) => isHeld(given[0]) && good.extend(...given),
        complete: async (...given) => isHeld(given[0]) && good.complete(...given),
        release: async (...given) => isHeld(given[0]) && good.release(...given),
      }
    })
    expect((await failuresOf(start)).filter((failure) => !failure.startsWith('outage'))).toEqual([])
  })

  it('has one client, no clock to step and no outage passes, as time goes by', async () => {
    vi.useFakeTimers()
    const passed = Promise.all(storeSuite(startOnSystemClock()).map(({ run }) => run()))
    await Promise.all([passed, vi.runAllTimersAsync()]).finally(() => vi.useRealTimers())
  })
})

describe('a defect makes a case fail', () => {
  it.each(DEFECTS)('$name', async ({ defect, fails }) => {
    const failures = await failuresOf(startPlain(defect))
    expect(failures).toContainEqual(expect.stringMatching(fails))
  })

  it('a store that is not persistent, and says that it is', async () => {
    const start = startPlain()
    const forgetful = async () => {
      const subject = await start()
      const breakDown = async () => {
        await subject.breakDown?.()
        subject.data.rows.clear()
      }
      return { ...subject, breakDown }
    }
    expect(await failuresOf(forgetful)).toEqual([
      expect.stringMatching(/^outage: afterwards a persistent store .*expected 'done'; saw 'claimed'/),
    ])
  })
})

describe('the cases', () => {
  const cases = storeSuite(startPlain())

  it('have unique names, each of one line', () => {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => /[\r\n]/.test(name))).toEqual([])
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(cases)).toBe(true)
    expect(cases.every((one) => Object.isFrozen(one))).toBe(true)
  })

  it('start nothing before they run, and close what they started, pass or fail', async () => {
    const counts = { started: 0, closed: 0 }
    const start = startPlain(() => ({ release: async () => true }))
    const counted = storeSuite(async () => {
      counts.started += 1
      const close = async () => {
        counts.closed += 1
      }
      return { ...(await start()), close }
    })
    expect(counts.started).toBe(0)
    const results = await Promise.allSettled(counted.map(({ run }) => run()))
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']))
    expect(counts).toEqual({ started: cases.length, closed: cases.length })
  })

  it('of the model show in a failure the seed, the step and all steps before it', async () => {
    const [failure = ''] = (await failuresOf(startPlain(() => ({ release: async () => false })))).filter((one) =>
      one.startsWith('model'),
    )
    expect(failure).toMatch(/seed 1, step \d+: expected release to resolve to true; saw false/)
    expect(failure).toMatch(/\nclaim key \d for \d+ ms: 'claimed' as attempt 1\n/)
    expect(failure).toMatch(/\nrelease key \d with its last token: false]$/)
  })
})
