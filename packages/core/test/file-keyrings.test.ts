import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  CountersignError,
  exportKeyring,
  generateSecret,
  keyring,
  plaintextAtRest,
  prune,
  reveal,
  rotate,
  type Secret,
} from '../src/index.js'
import { fileKeyrings } from '../src/stores/file-keyrings.js'
import { ringDirectory } from '../src/stores/keyring-directory.js'
import { plainVendor } from './vendors.js'

const DAY_MS = 24 * 60 * 60 * 1000

let root: string
let directory: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-file-keyrings-'))
  directory = join(root, 'path', 'to', 'keyrings')
})

afterEach(() => rm(root, { recursive: true, force: true }))

const open = () => fileKeyrings(directory)
const write = (name: string, version: number, text = `version ${version}`) =>
  open().write(name, { version, text }, version === 1 ? undefined : version - 1)
const pathOf = (name: string, ...more: readonly string[]) => join(directory, ringDirectory(name), ...more)

async function failureOf(pending: Promise<unknown>): Promise<CountersignError> {
  const error: unknown = await pending.catch((thrown) => thrown)
  if (!(error instanceof CountersignError)) throw new Error(`no CountersignError: ${String(error)}`)
  return error
}

describe('fileKeyrings', () => {
  it('reads what was written, also by another object, and undefined where there is none', async () => {
    expect(await open().read('ring')).toBeUndefined()
    expect(await open().list()).toEqual([])
    expect(await readdir(root)).toEqual([])
    expect(await write('ring', 1, 'Größe \u{1f511}\r\n')).toBe(true)
    expect(await open().read('ring')).toEqual({ version: 1, text: 'Größe \u{1f511}\r\n' })
    expect(await open().read('another')).toBeUndefined()
  })

  it('writes only in the place of the version that is expected', async () => {
    expect(await write('ring', 2)).toBe(false)
    expect(await open().list()).toEqual([])
    await write('ring', 1)
    expect(await write('ring', 1, 'a second first')).toBe(false)
    expect(await write('ring', 3)).toBe(false)
    expect(await write('ring', 2)).toBe(true)
    expect(await write('ring', 2, 'a second second')).toBe(false)
    expect(await write('ring', 1, 'a second first')).toBe(false)
    expect(await open().read('ring')).toEqual({ version: 2, text: 'version 2' })
  })

  it('goes on counting past 9 and 99', async () => {
    for (let version = 1; version <= 101; version++) expect(await write('ring', version)).toBe(true)
    expect(await open().read('ring')).toEqual({ version: 101, text: 'version 101' })
  })

  it('lets one of 500 concurrent writes from two objects succeed, and gives its text', async () => {
    const objects = [open(), open()] as const
    for (const expected of [undefined, 1]) {
      const version = (expected ?? 0) + 1
      const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`)
      const writes = texts.map((text, index) => objects[index % 2 ? 1 : 0].write('ring', { version, text }, expected))
      const results = await Promise.all(writes)
      const winners = texts.filter((_, index) => results[index])
      expect(winners).toEqual([(await open().read('ring'))?.text])
    }
    expect(await readdir(join(directory, 'new'))).toEqual([])
  })

  it('keeps no secret that was rotated away and pruned, in any file', async () => {
    const store = plaintextAtRest(open())
    const vendor = plainVendor()
    const fresh = (): Secret => generateSecret(vendor)
    const secrets = [fresh(), fresh(), fresh()] as const
    let ring = keyring([{ id: 'key-1', secret: secrets[0] }])
    let { version } = await store.save('ring', ring, undefined)
    for (const [index, secret] of [secrets[1], secrets[2]].entries()) {
      ring = prune(rotate(ring, vendor, { secret, graceMs: 0, now: (index + 1) * DAY_MS }).ring, (index + 1) * DAY_MS)
      version = (await store.save('ring', ring, version)).version
    }
    const text = await everythingIn(directory)
    expect(text).not.toContain(reveal(secrets[0]))
    expect(text).not.toContain(reveal(secrets[1]))
    expect(text).toBe(exportKeyring(ring))
    expect((await readdir(pathOf('ring'))).sort()).toEqual(['1', '2', '3'])
  })

  it('keeps what it writes for this user alone, whatever the umask', async () => {
    const umask = process.umask(0)
    try {
      await write('ring', 1)
      await write('ring', 2)
    } finally {
      process.umask(umask)
    }
    for (const path of ['.', ...(await readdir(join(root, 'path'), { recursive: true }))]) {
      const { mode } = await stat(join(root, 'path', path))
      expect([path, mode & 0o777]).toEqual([path, /\d$/.test(path) ? 0o600 : 0o700])
    }
  })

  it('removes what a killed process left a day ago, and nothing younger', async () => {
    await write('ring', 1)
    const staging = join(directory, 'new')
    const [old, recent] = [`${Date.now() - DAY_MS}-left`, `${Date.now() - DAY_MS + 60_000}-left`]
    for (const name of [old, recent, 'theirs']) await writeFile(join(staging, name), 'secret')
    await write('ring', 2)
    expect((await readdir(staging)).sort()).toEqual([recent, 'theirs'])
  })

  it('empties what one that was killed after adding its version had not yet emptied', async () => {
    for (const version of [1, 2, 3]) await write('ring', version)
    for (const version of ['2', '3', '4']) await writeFile(pathOf('ring', version), 'left', { mode: 0o600 })
    await write('ring', 5, 'the newest')
    expect(await everythingIn(directory)).toBe('the newest')
  })
})

it.each(['', undefined, null, 7])('fileKeyrings takes no directory %j', (given) => {
  expect(() => fileKeyrings(given as never)).toThrow('option-invalid: fileKeyrings takes the path of a directory')
})

describe('the names of fileKeyrings', () => {
  const NAMES = [
    ...['a', 'A', 'aB', 'Ab', 'a.b', 'a/b', 'a:b', 'a@b', 'a_b', 'a-b', 'a/', '/a', 'a.', '.', '..', '../a', '/'],
    ...['con', 'CON', 'nul', 'com1', 'aux.txt', 'new', 'NEW', '1', 'ring-a', '__proto__', 'constructor'],
    ...['x'.repeat(80), `${'x'.repeat(79)}X`, 'X'.repeat(80), '/'.repeat(80)],
  ]

  it('are apart, and listed as they are', async () => {
    for (const name of NAMES) expect(await write(name, 1, name)).toBe(true)
    for (const name of NAMES) expect(await open().read(name)).toEqual({ version: 1, text: name })
    expect([...(await open().list())].sort()).toEqual([...NAMES].sort())
  })

  it('stay within the directory, and are directories that every file system can have and tell apart', async () => {
    const directories = NAMES.map(ringDirectory)
    expect(new Set(directories.map((name) => name.toLowerCase())).size).toBe(NAMES.length)
    for (const name of directories) expect(name).toMatch(/^ring-[a-z0-9_%-]{1,240}$/)
  })

  it('that have no version, or are not ours, are not listed', async () => {
    for (const name of ['ring', 'A']) await write(name, 1)
    for (const name of ['begun', 'theirs']) await mkdir(pathOf(name))
    await writeFile(pathOf('theirs', 'notes.txt'), '')
    for (const name of ['ring-', 'ring-A', 'ring-%2F', 'ring-%41%', 'ring-%00', 'backup', `ring-${'x'.repeat(81)}`]) {
      await mkdir(join(directory, name))
      await writeFile(join(directory, name, '1'), '')
    }
    await writeFile(join(directory, 'ring-file'), '')
    expect([...(await open().list())].sort()).toEqual(['A', 'ring'])
  })

  it('may have files beside their versions that are not ours', async () => {
    await write('ring', 1)
    for (const name of ['0', '01', '2.bak', '.DS_Store', '-3', '1e3']) await writeFile(pathOf('ring', name), 'theirs')
    await write('ring', 2)
    expect(await open().read('ring')).toEqual({ version: 2, text: 'version 2' })
    expect(await readFile(pathOf('ring', '0'), 'utf8')).toBe('theirs')
  })
})

describe('fileKeyrings refuses with keyring-exposed', () => {
  it.each([0o640, 0o604, 0o620, 0o602, 0o644, 0o666])('a file of mode %o', async (mode) => {
    await write('ring', 1)
    await chmod(pathOf('ring', '1'), mode)
    const error = await failureOf(open().read('ring'))
    expect(error.code).toBe('keyring-exposed')
    expect(error.message).toContain(`${pathOf('ring', '1')} has mode 0${mode.toString(8)}`)
    expect(error.message).not.toContain('version 1')
    await chmod(pathOf('ring', '1'), 0o400)
    expect(await open().read('ring')).toEqual({ version: 1, text: 'version 1' })
  })

  it.each([0o750, 0o705, 0o722, 0o777])('a directory of mode %o, to read or to write', async (mode) => {
    await write('ring', 1)
    await chmod(pathOf('ring'), mode)
    for (const error of [await failureOf(open().read('ring')), await failureOf(write('ring', 2))]) {
      expect(error.code).toBe('keyring-exposed')
      expect(error.message).toContain(`${pathOf('ring')} has mode 0${mode.toString(8)}`)
    }
    expect(await readdir(pathOf('ring'))).toEqual(['1'])
    await write('another', 1)
    expect([...(await open().list())].sort()).toEqual(['another', 'ring'])
  })
})

describe('fileKeyrings says store-failed', () => {
  /** As somebody who is not root, who may do everything. */
  async function asNobody(work: () => Promise<void>): Promise<void> {
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      await work()
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  }

  /** `why` is the code of the system's error, or the message of one of ours. */
  async function expectFailure(pending: Promise<unknown>, why: string, path: string): Promise<void> {
    const error = await failureOf(pending)
    expect(error.code).toBe('store-failed')
    expect(error.message).toContain(`${why} at ${path}`)
    const { code, message } = error.cause as { code?: string; message: string }
    expect(code ?? message).toBe(why)
  }

  it('with the path and the system’s error, where a file is in the way of its directory', async () => {
    await writeFile(join(root, 'path'), '')
    await expectFailure(write('ring', 1), 'ENOTDIR', directory)
    await expectFailure(open().read('ring'), 'ENOTDIR', directory)
    await expectFailure(open().list(), 'ENOTDIR', directory)
    await rm(join(root, 'path'))
    expect(await write('ring', 1)).toBe(true)
  })

  it('where it may not write', async () => {
    await mkdir(directory, { recursive: true, mode: 0o500 })
    await asNobody(() => expectFailure(write('ring', 1), 'EACCES', directory))
  })

  it('where it may not read', async () => {
    await write('ring', 1)
    await chmod(pathOf('ring', '1'), 0o000)
    await chmod(root, 0o755)
    const isRoot = process.geteuid?.() === 0
    if (isRoot) execFileSync('chown', ['-R', '65534', join(root, 'path')])
    await asNobody(() => expectFailure(open().read('ring'), 'EACCES', pathOf('ring')))
  })

  it('for a symbolic link in the place of a version', async () => {
    await write('ring', 1)
    await writeFile(join(root, 'elsewhere'), 'text', { mode: 0o600 })
    await symlink(join(root, 'elsewhere'), pathOf('ring', '2'))
    await expectFailure(open().read('ring'), 'ELOOP', pathOf('ring'))
  })

  it('for a newest version that is empty', async () => {
    await write('ring', 1)
    await writeFile(pathOf('ring', '1'), '')
    await expectFailure(open().read('ring'), 'its newest version is empty', pathOf('ring'))
  })

  it.each(['read', 'look', 'write', 'list'] as const)(
    'when its directory has gone after a %s, and does not begin anew',
    async (by) => {
      await write('ring', 1)
      const records = open()
      await {
        read: () => records.read('ring'),
        look: () => records.read('none'),
        write: () => records.write('other', { version: 1, text: 'text' }, undefined),
        list: () => records.list(),
      }[by]()
      await rename(directory, join(root, 'elsewhere'))
      await expectGone('ENOENT')
      // What an empty mount point looks like.
      await mkdir(directory)
      await expectGone('the directory was replaced by one without keyrings')
      expect(await readdir(directory)).toEqual([])
      // And one of a disk of its own.
      await mkdir(join(directory, 'lost+found'))
      await expectGone('the directory was replaced by one without keyrings')
      await rm(directory, { recursive: true })
      await rename(join(root, 'elsewhere'), directory)
      expect([...(await records.list())].sort()).toEqual(by === 'write' ? ['other', 'ring'] : ['ring'])
      expect((await records.read('ring'))?.version).toBe(1)

      async function expectGone(code: string): Promise<void> {
        await expectFailure(records.read('ring'), code, pathOf('ring'))
        await expectFailure(records.read('another'), code, pathOf('another'))
        await expectFailure(records.list(), code, directory)
        await expectFailure(records.write('another', { version: 1, text: 'text' }, undefined), code, directory)
        await expectFailure(records.write('ring', { version: 2, text: 'text' }, 1), code, directory)
      }
    },
  )

  it('once, where the first write fails half way', async () => {
    const records = open()
    await mkdir(directory, { recursive: true })
    await symlink(join(root, 'nowhere'), pathOf('ring'))
    await expectFailure(records.write('ring', { version: 1, text: 'text' }, undefined), 'ENOENT', pathOf('ring'))
    await rm(pathOf('ring'))
    expect(await records.read('ring')).toBeUndefined()
    expect(await records.write('ring', { version: 1, text: 'text' }, undefined)).toBe(true)
  })

  it('not where a backup has brought back the rings alone', async () => {
    await write('ring', 1)
    const records = open()
    await records.read('ring')
    await rm(join(directory, 'new'), { recursive: true })
    expect(await records.read('another')).toBeUndefined()
    expect(await records.write('ring', { version: 2, text: 'text' }, 1)).toBe(true)
  })
})

/** The content of all files, one after the other. */
async function everythingIn(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const texts = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'))
  return (await Promise.all(texts)).join('')
}
