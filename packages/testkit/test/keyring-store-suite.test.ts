import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KeyringRecords, memoryKeyrings, plaintextAtRest, sealed } from '@countersign/core'
import { fileKeyrings } from '@countersign/core/node'
import { describe, expect, it, vi } from 'vitest'
import { type KeyringStoreUnderTest, keyringStoreSuite } from '../src/index.js'
import { KEYRING_DEFECTS } from './defective-keyring-stores.js'
import { startPlainKeyrings } from './plain-keyring-store.js'

/** A disk that others keep busy takes its time to confirm a write. */
const TIMEOUT_MS = 120_000

const MASTER_KEY = btoa('a master key, only for the tests')

const AT_REST = {
  plaintextAtRest,
  sealed: (records: KeyringRecords) => sealed(records, MASTER_KEY),
}

async function failuresOf(start: () => Promise<KeyringStoreUnderTest>): Promise<readonly string[]> {
  const failures: string[] = []
  const runs = keyringStoreSuite(start).map(({ name, run }) =>
    run().catch((error: unknown) => failures.push(`${name} [${String(error)}]`)),
  )
  await Promise.all(runs)
  return failures
}

/** What never comes is waited for: on a clock of its own, so that it takes no time. */
async function impatiently<Result>(work: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    let isDone = false
    const result = work().finally(() => {
      isDone = true
    })
    while (!isDone) await vi.advanceTimersByTimeAsync(50)
    return await result
  } finally {
    vi.useRealTimers()
  }
}

describe('a good store passes each case', () => {
  for (const { name, run } of keyringStoreSuite(startPlainKeyrings())) it(name, run)
})

describe.each(Object.entries(AT_REST))('%s', (_, atRest) => {
  describe('of memoryKeyrings keeps the contract', () => {
    const start = async () => {
      const records = memoryKeyrings()
      return { store: atRest(records), another: async () => atRest(records) }
    }
    it.each(keyringStoreSuite(start))('$name', ({ run }) => run())
  })

  describe('of fileKeyrings keeps the contract', () => {
    const start = async (): Promise<KeyringStoreUnderTest> => {
      const home = await mkdtemp(join(tmpdir(), 'countersign-file-keyrings-'))
      const path = join(home, 'keyrings')
      return {
        store: atRest(fileKeyrings(path)),
        another: async () => atRest(fileKeyrings(path)),
        persistent: true,
        breakDown: () => rename(path, join(home, 'unmounted')),
        mend: () => rename(join(home, 'unmounted'), path),
        close: () => rm(home, { recursive: true, force: true }),
      }
    }
    it.concurrent.each(keyringStoreSuite(start))('$name', ({ run }) => run(), TIMEOUT_MS)
  })
})

describe('a good store that', () => {
  it('has one client, tells of nothing and cannot be made to fail passes', async () => {
    const start = async () => {
      const { watch: _, ...store } = plaintextAtRest(memoryKeyrings())
      return { store }
    }
    expect(await failuresOf(start)).toEqual([])
  })

  it('shares its data between cases and runs passes', async () => {
    const subject = await startPlainKeyrings()()
    const { breakDown: _, ...shared } = subject
    expect(await failuresOf(async () => shared)).toEqual([])
    expect(await failuresOf(async () => shared)).toEqual([])
  })

  it('tells of changes too often passes', async () => {
    const start = startPlainKeyrings({
      store: (good) => ({
        watch: (name, changed) => {
          const end = good.watch?.(name, () => [changed(), changed()])
          changed()
          return () => end?.()
        },
      }),
    })
    expect(await failuresOf(start)).toEqual([])
  })

  it('has versions that are no numbers passes', async () => {
    const start = startPlainKeyrings({
      store: (good) => ({
        load: async (name) => {
          const stored = await good.load(name)
          return stored && { ...stored, version: `v${stored.version}-of-${name}` }
        },
        save: async (name, ring, version) => {
          const [, own] = version === undefined ? [] : (/^v(\d+)-of-(.*)$/.exec(version) ?? [])
          const isForeign = version !== undefined && version !== `v${own}-of-${name}`
          const saved = await good.save(name, ring, isForeign ? 'none' : own)
          return { version: `v${saved.version}-of-${name}` }
        },
      }),
    })
    expect(await failuresOf(start)).toEqual([])
  })
})

describe('a defect makes a case fail', () => {
  it.each(KEYRING_DEFECTS)('$name', async ({ defect, fails }) => {
    const failures = await impatiently(() => failuresOf(startPlainKeyrings(defect)))
    expect(failures).toContainEqual(expect.stringMatching(fails))
  })

  it('a store that is not persistent, and says that it is', async () => {
    const start = startPlainKeyrings()
    const forgetful = async () => {
      const subject = await start()
      const breakDown = async () => {
        await subject.breakDown?.()
        subject.data.rows.clear()
      }
      return { ...subject, breakDown }
    }
    expect(await failuresOf(forgetful)).toContainEqual(
      expect.stringMatching(/^outage: afterwards a persistent store .*keyring-rolled-back/),
    )
  })
})

describe('the cases', () => {
  const cases = keyringStoreSuite(startPlainKeyrings())

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
    const start = startPlainKeyrings({ store: () => ({ list: async () => [] }) })
    const counted = keyringStoreSuite(async () => {
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
})
