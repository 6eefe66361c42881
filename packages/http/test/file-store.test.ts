import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Claim, CountersignError } from '@countersign/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { entryPath } from '../src/file-entry.js'
import { type FileStoreOptions, fileStore } from '../src/file-store.js'

const LEASE_MS = 10_000
const KEEP_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000

let root: string
let directory: string
let time: number

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-file-store-'))
  directory = join(root, 'path', 'to', 'store')
  time = 1_767_225_600_000
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

function openStore(options: FileStoreOptions = {}) {
  return fileStore(directory, { now: () => time, ...options })
}

async function claimed(pending: Promise<Claim>): Promise<string> {
  const claim = await pending
  if (claim.state !== 'claimed') throw new Error(`'${claim.state}' instead of 'claimed'`)
  return claim.token
}

async function complete(key: string, keepMs = KEEP_MS): Promise<boolean> {
  const store = openStore()
  return store.complete(key, await claimed(store.claim(key, LEASE_MS)), keepMs)
}

/** What there is in each shard: an entry for each key. */
async function entries(): Promise<readonly string[]> {
  const shards = (await readdir(directory)).filter((name) => name !== 'new')
  const lists = shards.map(async (shard) => {
    const names = await readdir(join(directory, shard)).catch(() => [])
    return names.map((name) => join(shard, name))
  })
  return (await Promise.all(lists)).flat().sort()
}

describe('fileStore', () => {
  it('knows after a restart what was done and what is held', async () => {
    await complete('done')
    const token = await claimed(openStore().claim('held', LEASE_MS))
    expect(await openStore().claim('done', LEASE_MS)).toEqual({ state: 'done' })
    expect(await openStore().claim('held', LEASE_MS)).toEqual({ state: 'in-progress', retryAfterMs: LEASE_MS })
    expect(await openStore().complete('held', token, KEEP_MS)).toBe(true)
  })

  it('lets the owner of a lease that has run out go on, while nobody else has claimed the key', async () => {
    const store = openStore()
    const tokens = [await claimed(store.claim('a', LEASE_MS)), await claimed(store.claim('b', LEASE_MS))] as const
    time += LEASE_MS + 1
    expect(await store.extend('a', tokens[0], LEASE_MS)).toBe(true)
    expect(await store.complete('b', tokens[1], KEEP_MS)).toBe(true)
    expect(await store.claim('a', LEASE_MS)).toMatchObject({ state: 'in-progress' })
  })

  it('writes nothing of a key into the directory, and lets nobody else read it', async () => {
    const key = '../../secret/of/a/tenant'
    await claimed(openStore().claim(key, LEASE_MS))
    const paths = await readdir(directory, { recursive: true })
    expect(paths.join()).not.toMatch(/secret|tenant/)
    for (const path of paths) {
      const { mode, size } = await stat(join(directory, path))
      expect(mode & 0o077).toBe(0)
      if (path.includes('leased')) expect(size).toBe(0)
    }
    expect(paths).toHaveLength(4)
  })

  it('leaves nothing behind where it makes new entries', async () => {
    await Promise.all(Array.from({ length: 20 }, () => openStore().claim('key', LEASE_MS)))
    expect(await readdir(join(directory, 'new'))).toEqual([])
  })

  it('keeps for ever what it is told to keep for ever', async () => {
    await complete('key', Number.POSITIVE_INFINITY)
    time += 10_000 * 365 * DAY_MS
    expect(await openStore().claim('key', LEASE_MS)).toEqual({ state: 'done' })
  })

  it.each([-1, Number.NaN])('rejects a duration of %s', async (ms) => {
    const store = openStore()
    const token = await claimed(store.claim('a', LEASE_MS))
    await expect(store.claim('b', ms)).rejects.toMatchObject({ code: 'option-invalid' })
    await expect(store.extend('a', token, ms)).rejects.toMatchObject({ code: 'option-invalid' })
    await expect(store.complete('a', token, ms)).rejects.toMatchObject({ code: 'option-invalid' })
  })

  it('has a clock of its own', async () => {
    await claimed(fileStore(directory).claim('key', 60_000))
    const claim = await fileStore(directory).claim('key', 60_000)
    expect(claim.state === 'in-progress' && claim.retryAfterMs > 0 && claim.retryAfterMs <= 60_000).toBe(true)
  })
})

describe('fileStore says store-failed', () => {
  async function failureOf(pending: Promise<unknown>): Promise<CountersignError> {
    const error: unknown = await pending.catch((thrown) => thrown)
    if (!(error instanceof CountersignError)) throw new Error(`no CountersignError: ${String(error)}`)
    expect(error.code).toBe('store-failed')
    return error
  }

  it('with the path and the system’s error, where a file is in the way of its directory', async () => {
    await writeFile(join(root, 'path'), '')
    const store = openStore()
    for (const pending of [store.claim('key', LEASE_MS), store.release('key', 'token')]) {
      const error = await failureOf(pending)
      expect(error.message).toContain(directory)
      expect(error.cause).toMatchObject({ code: 'ENOTDIR' })
    }
    await rm(join(root, 'path'))
    await claimed(store.claim('key', LEASE_MS))
  })

  it('where it may not write', async () => {
    await mkdir(directory, { recursive: true, mode: 0o500 })
    // Root may write everywhere, so for once it is another user.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      expect((await failureOf(openStore().claim('key', LEASE_MS))).cause).toMatchObject({ code: 'EACCES' })
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })

  it('when its directory has gone, and does not begin anew', async () => {
    const store = openStore()
    const token = await claimed(store.claim('key', LEASE_MS))
    await rename(directory, join(root, 'elsewhere'))
    await failureOf(store.claim('key', LEASE_MS))
    await failureOf(store.claim('another key', LEASE_MS))
    await failureOf(store.complete('key', token, KEEP_MS))
    // What an empty mount point looks like.
    await mkdir(directory)
    await failureOf(store.claim('key', LEASE_MS))
    await failureOf(store.complete('key', token, KEEP_MS))
    await rm(directory, { recursive: true })
    await rename(join(root, 'elsewhere'), directory)
    expect(await store.complete('key', token, KEEP_MS)).toBe(true)
  })
})

describe('fileStore passes over what is no record', () => {
  const NOT_RECORDS = [
    '.DS_Store',
    'leased',
    'leased.0.1767225700000.01234567-89ab-cdef-0123-456789abcdef',
    'leased.1.tomorrow.01234567-89ab-cdef-0123-456789abcdef',
    'done.1.9999999999999',
    'DONE.1.9999999999999.01234567-89ab-cdef-0123-456789abcdef',
    'done.1.9999999999999.01234567-89ab-cdef-0123-456789abcdef.tmp',
  ]

  it.each(NOT_RECORDS)('%s: the key can be claimed, once', async (name) => {
    await openStore().claim('another key', LEASE_MS)
    const entry = entryPath(directory, 'key')
    await mkdir(entry, { recursive: true })
    await writeFile(join(entry, name), 'garbage')
    const claims = await Promise.all(Array.from({ length: 10 }, () => openStore().claim('key', LEASE_MS)))
    expect(claims.filter(({ state }) => state === 'claimed')).toEqual([expect.objectContaining({ attempt: 1 })])
  })

  it('a full directory: the key can be claimed', async () => {
    await mkdir(join(entryPath(directory, 'key'), 'some', 'thing'), { recursive: true })
    await claimed(openStore().claim('key', LEASE_MS))
  })

  it('an empty directory: the key can be claimed, and nobody owns it before', async () => {
    await mkdir(entryPath(directory, 'key'), { recursive: true })
    expect(await openStore().release('key', 'token')).toBe(false)
    await claimed(openStore().claim('key', LEASE_MS))
  })

  it('a file in the place of an entry: the key can be claimed', async () => {
    await mkdir(join(entryPath(directory, 'key'), '..'), { recursive: true })
    await writeFile(entryPath(directory, 'key'), 'garbage')
    expect(await openStore().release('key', 'token')).toBe(false)
    await claimed(openStore().claim('key', LEASE_MS))
  })

  it('a file in the place of a shard: the key can be claimed', async () => {
    await mkdir(directory, { recursive: true })
    await writeFile(join(entryPath(directory, 'key'), '..'), 'garbage')
    expect(await openStore().release('key', 'token')).toBe(false)
    await claimed(openStore().claim('key', LEASE_MS))
  })

  it('beside a record, which counts, and it leaves that alone', async () => {
    await complete('key')
    const stranger = join(entryPath(directory, 'key'), '.DS_Store')
    await writeFile(stranger, 'theirs')
    expect(await openStore().claim('key', LEASE_MS)).toEqual({ state: 'done' })
    expect(await readFile(stranger, 'utf8')).toBe('theirs')
  })

  it('and of two records that someone has copied together, believes the one that is done', async () => {
    const token = await claimed(openStore().claim('key', LEASE_MS))
    const name = `done.1.${time + KEEP_MS}.01234567-89ab-cdef-0123-456789abcdef`
    await writeFile(join(entryPath(directory, 'key'), name), '')
    expect(await openStore().claim('key', LEASE_MS)).toEqual({ state: 'done' })
    expect(await openStore().release('key', token)).toBe(true)
    expect(await openStore().claim('key', LEASE_MS)).toEqual({ state: 'done' })
  })
})

describe('fileStore sweeps', { timeout: 60_000 }, () => {
  const CLAIMS = 64

  /** Sweeps go on beside the claims, on a disk that others keep busy, too. */
  const eventually = (expectation: () => Promise<void>) => vi.waitFor(expectation, { timeout: 20_000 })

  /** Claims of one key, until as many sweeps as that have been made. */
  async function sweep(times: number): Promise<void> {
    const store = openStore()
    for (let claim = 0; claim < times * CLAIMS; claim++) await store.claim('sweeping', Number.POSITIVE_INFINITY)
  }

  async function expectEntries(...keys: readonly string[]): Promise<void> {
    const expected = [...keys, 'sweeping'].map((key) => entryPath(directory, key).slice(directory.length + 1)).sort()
    await eventually(async () => {
      await sweep(4)
      expect(await entries()).toEqual(expected)
    })
  }

  it('what is done, when its time is over', async () => {
    await complete('brief', KEEP_MS)
    await complete('long', KEEP_MS * 2)
    time += KEEP_MS
    await expectEntries('long')
    expect(await openStore().claim('long', LEASE_MS)).toEqual({ state: 'done' })
  })

  it('leases that have run out and releases, when nobody has asked for a day', async () => {
    const store = openStore()
    await claimed(store.claim('lapsed', LEASE_MS))
    await claimed(store.claim('lapsed later', LEASE_MS * 2))
    const token = await claimed(store.claim('released', LEASE_MS * 3))
    await store.release('released', token)
    time += DAY_MS + LEASE_MS
    await expectEntries('lapsed later')
    expect(await store.claim('lapsed later', LEASE_MS)).toMatchObject({ attempt: 2 })
    expect(await store.claim('lapsed', LEASE_MS)).toMatchObject({ attempt: 1 })
  })

  it('no lease that runs, however long', async () => {
    await claimed(openStore().claim('held', 10 * DAY_MS))
    time += 9 * DAY_MS
    await complete('done')
    time += KEEP_MS
    await expectEntries('held')
  })

  it('what a killed process had not finished to make or to remove', async () => {
    await claimed(openStore().claim('key', 3 * DAY_MS))
    const [old, recent] = [join(directory, 'new', `${time}-old`), join(directory, 'new', `${time + DAY_MS}-recent`)]
    await mkdir(join(old, 'content'), { recursive: true })
    await mkdir(recent)
    await mkdir(entryPath(directory, 'half removed'), { recursive: true })
    time += 2 * DAY_MS - 1
    await expectEntries('key')
    expect(await readdir(join(directory, 'new'))).toEqual([`${time + 1 - DAY_MS}-recent`])
  })

  it('all shards alike, and often enough while it grows', async () => {
    const store = openStore()
    for (let delivery = 1; delivery <= 800; delivery++) {
      // Each is done, and fifty later its time is over.
      time += KEEP_MS / 50
      await store.complete(`${delivery}`, await claimed(store.claim(`${delivery}`, LEASE_MS)), KEEP_MS)
      // No further claim drives the sweeps on: those that are due have to be enough.
      if (delivery % 100 === 0) await eventually(async () => expect((await entries()).length).toBeLessThan(400))
    }
  })

  it('without an end to claims that a sweep cannot help: what is in its way is passed by', async () => {
    await complete('done')
    const way = join(directory, '00')
    await rm(way, { recursive: true, force: true })
    await writeFile(way, 'in the way of a shard')
    time += KEEP_MS
    await expectEntries()
  })
})
