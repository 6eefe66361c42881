import { existsSync } from 'node:fs'
import * as files from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fileKeyrings } from '../src/stores/file-keyrings.js'
import { ringDirectory } from '../src/stores/keyring-directory.js'
import { chooser, type Outcome, play, quickDirectory } from './interleaving.js'

vi.mock('node:fs/promises', async (importOriginal) => {
  const { steppedModule } = await import('./interleaving.js')
  return steppedModule(await importOriginal())
})

const PLAYS = 150
/** More than most plays have. */
const STEPS = 80
vi.setConfig({ testTimeout: 60_000 })

let directory: string

beforeAll(() => {
  directory = quickDirectory()
})

afterAll(() => files.rm(directory, { recursive: true, force: true }))

/** A write by a process of its own. */
function writer(name: string, text: string, expected: number | undefined) {
  const records = fileKeyrings(directory)
  return () => records.write(name, { version: (expected ?? 0) + 1, text }, expected)
}

async function added(name: string, ...texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) await writer(name, text, index === 0 ? undefined : index)()
}

/** With as many deaths at most, or none: some come after all has ended. */
function playWithDeaths(runs: Record<string, () => Promise<unknown>>, seed: number, deaths: number): Promise<Outcome> {
  const choose = chooser(seed)
  return play(
    runs,
    choose,
    Array.from({ length: deaths }, () => choose(STEPS)),
  )
}

/** All texts that are there, whichever file they are in. */
async function textsOf(name: string): Promise<readonly string[]> {
  const ring = join(directory, ringDirectory(name))
  const texts = (await files.readdir(ring)).map((file) => files.readFile(join(ring, file), 'utf8'))
  return (await Promise.all(texts)).filter((text) => text !== '')
}

/** One of the living was told true, whose text it is; or none, where one has died who may have added his. */
async function expectOneWinner(name: string, version: number, { results, died }: Outcome): Promise<void> {
  const winners = Object.keys(results).filter((writer) => results[writer] === true)
  const losers = Object.keys(results).filter((writer) => results[writer] === false)
  expect(winners.length + losers.length + died.length).toBe(Object.keys(results).length)
  const record = await fileKeyrings(directory).read(name)
  if (record?.version === version) expect([...winners, ...died]).toContain(record.text)
  else expect([...winners, ...losers]).toEqual([])
  expect(winners).toEqual(record !== undefined && winners.includes(record.text) ? [record.text] : [])
  await expectNextCleans(name, record?.version)
}

/** Whatever a killed one has left: the next write succeeds, and its text is the only one. */
async function expectNextCleans(name: string, expected: number | undefined): Promise<void> {
  expect(await writer(name, 'next', expected)()).toBe(true)
  expect(await textsOf(name)).toEqual(['next'])
}

describe('of interleavings of fileKeyrings', () => {
  it('the plays find a store that looks first and writes later', async () => {
    const found = new Set<number>()
    for (let seed = 0; seed < PLAYS; seed++) {
      const path = join(directory, `looks-first-${seed}`)
      const write = async () => {
        if (await files.readFile(path).catch(() => undefined)) return false
        await files.writeFile(path, 'mine')
        return true
      }
      const { results } = await play({ one: write, two: write }, chooser(seed))
      found.add(Object.values(results).filter((result) => result === true).length)
    }
    expect(found).toEqual(new Set([1, 2]))
  })

  it('one of three writers that create a ring has done so, though one may die', async () => {
    for (let seed = 0; seed < PLAYS; seed++) {
      const name = `created-${seed}`
      const runs = Object.fromEntries(['one', 'two', 'three'].map((text) => [text, writer(name, text, undefined)]))
      await expectOneWinner(name, 1, await playWithDeaths(runs, seed, 1))
    }
  })

  it('one of three writers that expect the same version has added the next, though two may die', async () => {
    for (let seed = 0; seed < PLAYS; seed++) {
      const name = `expected-${seed}`
      await added(name, 'first', 'second')
      const runs = Object.fromEntries(['one', 'two', 'three'].map((text) => [text, writer(name, text, 2)]))
      await expectOneWinner(name, 3, await playWithDeaths(runs, seed, 2))
    }
  })

  it('a reader sees a whole version beside writers that follow each other, and none older than before', async () => {
    for (let seed = 0; seed < PLAYS; seed++) {
      const name = `read-${seed}`
      await added(name, 'version 1')
      const records = fileKeyrings(directory)
      const readTwice = async () => [await records.read(name), await records.read(name)]
      const writeTwice = async () => [
        await writer(name, 'version 2', 1)(),
        await writer(name, 'version 3', 2)(),
        await writer(name, 'version 4', 3)(),
      ]
      const { results, died } = await playWithDeaths({ readTwice, writeTwice }, seed, 1)
      if (!died.includes('writeTwice')) expect(results.writeTwice).toEqual([true, true, true])
      if (died.includes('readTwice')) continue
      const [first, second] = results.readTwice as { version: number; text: string }[]
      expect(first?.text).toBe(`version ${first?.version}`)
      expect(second?.text).toBe(`version ${second?.version}`)
      expect(second?.version).toBeGreaterThanOrEqual(first?.version ?? 0)
    }
  })

  it('two that clean up after one that died leave the newest alone, and none of the older', async () => {
    for (let seed = 0; seed < PLAYS; seed++) {
      const name = `cleaned-${seed}`
      await added(name, 'first', 'second')
      // As if each had been killed right after it added its version.
      const ring = join(directory, ringDirectory(name))
      for (const version of [1, 2, 3, 4]) await files.writeFile(join(ring, `${version}`), 'left', { mode: 0o600 })
      const follow = async () => {
        const last = await fileKeyrings(directory).read(name)
        return writer(name, `after ${last?.version}`, last?.version)()
      }
      const { died } = await playWithDeaths({ one: follow, two: follow }, seed, 1)
      const record = await fileKeyrings(directory).read(name)
      if (died.length === 0) expect(record?.text).toBe(`after ${(record?.version ?? 0) - 1}`)
      await expectNextCleans(name, record?.version)
    }
  })

  it('one that dies at any of its steps has added its version or not, and the next goes on from there', async () => {
    const found = new Set<unknown>()
    let isDead = true
    for (let steps = 0; isDead; steps++) {
      const name = `died-${steps}`
      await added(name, 'first', 'second')
      const { died } = await play({ one: writer(name, 'third', 2) }, () => 0, [steps])
      isDead = died.length > 0
      const record = await fileKeyrings(directory).read(name)
      found.add(record?.text)
      await expectNextCleans(name, record?.version)
    }
    expect(found).toEqual(new Set(['second', 'third']))
  })

  it('a store that goes at any moment is not begun anew by a write under way', async () => {
    const [mounted, unmounted] = [join(directory, 'mounted'), join(directory, 'unmounted')]
    await fileKeyrings(mounted).write('ring', { version: 1, text: 'first' }, undefined)
    for (let seed = 0; seed < PLAYS; seed++) {
      const records = fileKeyrings(mounted)
      const last = (await records.read('ring'))?.version ?? 0
      const write = () => records.write('ring', { version: last + 1, text: `${seed}` }, last)
      await play({ write, unmount: () => files.rename(mounted, unmounted) }, chooser(seed))
      expect(existsSync(mounted)).toBe(false)
      await files.rename(unmounted, mounted)
    }
  })
})
