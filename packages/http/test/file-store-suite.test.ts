import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StoreUnderTest, storeSuite } from '@countersign/testkit'
import { describe, it } from 'vitest'
import { fileStore } from '../src/file-store.js'

/** A disk that others keep busy takes its time to confirm a write. */
const TIMEOUT_MS = 60_000

describe.each([{ durable: false }, { durable: true }])('fileStore with %j keeps the contract', ({ durable }) => {
  const start = async (): Promise<StoreUnderTest> => {
    const home = await mkdtemp(join(tmpdir(), 'countersign-file-suite-'))
    const path = join(home, 'store')
    let now = 1_767_225_600_000
    const open = () => fileStore(path, { durable, now: () => now })
    return {
      store: open(),
      another: async () => open(),
      persistent: true,
      advance: async (ms) => {
        now += ms
      },
      breakDown: async () => {
        await rename(path, join(home, 'unmounted'))
      },
      mend: async () => {
        await rename(join(home, 'unmounted'), path)
      },
      close: () => rm(home, { recursive: true, force: true }),
    }
  }
  it.concurrent.each(storeSuite(start))('$name', ({ run }) => run(), TIMEOUT_MS)
})
