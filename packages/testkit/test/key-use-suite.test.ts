import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryKeyUses } from '@countersign/core'
import { fileKeyUses } from '@countersign/core/node'
import { describe, expect, it } from 'vitest'
import { type KeyUsesUnderTest, keyUseSuite } from '../src/index.js'
import { KEY_USE_DEFECTS } from './defective-key-uses.js'
import { startPlainKeyUses } from './plain-key-uses.js'

/** A disk that others keep busy takes its time to confirm a write. */
const TIMEOUT_MS = 120_000

async function failuresOf(start: () => Promise<KeyUsesUnderTest>): Promise<readonly string[]> {
  const failures: string[] = []
  const runs = keyUseSuite(start).map(({ name, run }) =>
    run().catch((error: unknown) => failures.push(`${name} [${String(error)}]`)),
  )
  await Promise.all(runs)
  return failures
}

describe('a good store passes each case', () => {
  it.each(keyUseSuite(startPlainKeyUses()))('$name', ({ run }) => run())
})

describe('memoryKeyUses keeps the contract', () => {
  it.each(keyUseSuite(async () => ({ store: memoryKeyUses() })))('$name', ({ run }) => run())
})

describe('fileKeyUses keeps the contract', () => {
  const start = async (): Promise<KeyUsesUnderTest> => {
    const home = await mkdtemp(join(tmpdir(), 'countersign-file-key-uses-'))
    const path = join(home, 'keys')
    return {
      store: fileKeyUses(path),
      another: async () => fileKeyUses(path),
      persistent: true,
      breakDown: () => rename(path, join(home, 'unmounted')),
      mend: () => rename(join(home, 'unmounted'), path),
      close: () => rm(home, { recursive: true, force: true }),
    }
  }
  it.concurrent.each(keyUseSuite(start))('$name', ({ run }) => run(), TIMEOUT_MS)
})

it('a good store that shares its data between cases and runs passes', async () => {
  const { breakDown: _, ...shared } = await startPlainKeyUses()()
  for (let runs = 0; runs < 2; runs++) expect(await failuresOf(async () => shared)).toEqual([])
})

describe('a defect makes a case fail', () => {
  it.each(KEY_USE_DEFECTS)('$name', async ({ defect, fails }) => {
    expect(await failuresOf(startPlainKeyUses(defect))).toContainEqual(expect.stringMatching(fails))
  })

  it('a store that is not persistent, and says that it is', async () => {
    const start = startPlainKeyUses()
    const forgetful = async () => {
      const subject = await start()
      const breakDown = async () => {
        await subject.breakDown?.()
        subject.data.rings.clear()
      }
      return { ...subject, breakDown }
    }
    expect(await failuresOf(forgetful)).toContainEqual(expect.stringMatching(/^outage: afterwards a persistent store /))
  })
})

describe('the cases', () => {
  const cases = keyUseSuite(startPlainKeyUses())

  it('have unique names, each of one line', () => {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => /[\r\n]/.test(name))).toEqual([])
  })

  it('close what they started, pass or fail', async () => {
    const counts = { started: 0, closed: 0 }
    const start = startPlainKeyUses(() => ({ read: async () => [] }))
    const counted = keyUseSuite(async () => {
      counts.started += 1
      const close = async () => {
        counts.closed += 1
      }
      return { ...(await start()), close }
    })
    const results = await Promise.allSettled(counted.map(({ run }) => run()))
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']))
    expect(counts).toEqual({ started: cases.length, closed: cases.length })
  })
})
