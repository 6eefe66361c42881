import * as files from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { KeyUseRecord } from '../src/index.js'
import { fileKeyUses } from '../src/stores/file-key-uses.js'
import { ringDirectory } from '../src/stores/keyring-directory.js'
import { chooser, play, quickDirectory } from './interleaving.js'

vi.mock('node:fs/promises', async (importOriginal) => {
  const { steppedModule } = await import('./interleaving.js')
  return steppedModule(await importOriginal())
})

const PLAYS = 60
/** More than most plays have, and than a writer has. */
const STEPS = 60
vi.setConfig({ testTimeout: 60_000 })

let directory: string
beforeAll(() => {
  directory = quickDirectory()
})
afterAll(() => files.rm(directory, { recursive: true, force: true }))

/** A process of its own that records some uses, one after the other. */
function writer(ring: string, ...uses: readonly KeyUseRecord[]) {
  const records = fileKeyUses(directory)
  return async () => {
    for (const use of uses) await records.record(ring, [use])
    return uses
  }
}

const use = (keyId: string, lastUsed: number): KeyUseRecord => ({ keyId, lastUsed })

/** How late each key was used, as the store has it. */
async function latest(ring: string): Promise<Record<string, number>> {
  const uses = await fileKeyUses(directory).read(ring)
  return Object.fromEntries(uses.map(({ keyId, lastUsed }) => [keyId, lastUsed]))
}

async function expectKept(ring: string, results: Readonly<Record<string, unknown>>): Promise<void> {
  const kept = await latest(ring)
  for (const result of Object.values(results)) {
    expect(result).not.toBeInstanceOf(Error)
    for (const { keyId, lastUsed } of (result ?? []) as KeyUseRecord[]) {
      expect(kept[keyId]).toBeGreaterThanOrEqual(lastUsed)
    }
  }
}

/** Whatever was left behind: one file, after the next that has something new. */
async function expectNextCleans(ring: string): Promise<void> {
  await writer(ring, use('next', 1))()
  expect(await files.readdir(join(directory, 'key-uses', ringDirectory(ring)))).toHaveLength(1)
}

describe.each([0, 1, 2])('of interleavings of fileKeyUses with %i deaths', (deaths) => {
  it('none loses what was confirmed', async () => {
    for (let seed = 0; seed < PLAYS; seed++) {
      const ring = `ring-${deaths}-${seed}`
      if (seed % 2 === 0) await writer(ring, use('a', 1))()
      const choose = chooser(seed)
      const dying = Array.from({ length: deaths }, () => choose(STEPS))
      const runs = {
        one: writer(ring, use('a', 5), use('b', 1)),
        two: writer(ring, use('a', 3), use('c', 1), use('a', 6)),
        three: writer(ring, use('d', 1)),
      }
      const { results } = await play(runs, choose, dying)
      await expectKept(ring, results)
      await expectNextCleans(ring)
    }
  })
})

it('none loses what was confirmed to who was stopped, at any of its steps, while others wrote', async () => {
  for (let stop = 0; stop < STEPS; stop++) {
    const ring = `stopped-${stop}`
    let step = 0
    const runs = {
      stopped: writer(ring, use('a', 5)),
      other: writer(ring, use('a', 3), use('b', 1), use('c', 1)),
    }
    const { results } = await play(runs, (ways) => (step++ < stop ? 0 : ways - 1))
    await expectKept(ring, results)
    await expectNextCleans(ring)
  }
})

it('a reader beside writers sees all that was confirmed before', async () => {
  for (let seed = 0; seed < PLAYS; seed++) {
    const ring = `read-${seed}`
    await writer(ring, use('a', 1), use('b', 1))()
    const read = async () => {
      const seen = await latest(ring)
      expect(seen).toMatchObject({ a: expect.any(Number), b: 1 })
      return []
    }
    const { results } = await play({ one: writer(ring, use('a', 2), use('a', 3)), read, again: read }, chooser(seed))
    await expectKept(ring, results)
  }
})
