import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileKeyUses } from '../src/stores/file-key-uses.js'
import { fileKeyrings } from '../src/stores/file-keyrings.js'

let root: string
let folder: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-file-key-uses-'))
  folder = join(root, 'path', 'to', 'keys')
})

afterEach(() => rm(root, { recursive: true, force: true }))

const open = () => fileKeyUses(folder)
const record = (lastUsed: number, keyId = 'a') => open().record('ring', [{ keyId, lastUsed }])
const ringPath = (...more: readonly string[]) => join(folder, 'key-uses', 'ring-ring', ...more)

describe('fileKeyUses', () => {
  it('keeps rings apart, and has nothing of what is no name', async () => {
    await record(1)
    await open().record('another', [{ keyId: 'b', lastUsed: 2 }])
    expect(await open().read('another')).toEqual([{ keyId: 'b', lastUsed: 2 }])
    expect(await open().read('a third')).toEqual([])
    expect(await open().read('../ring')).toEqual([])
    await expect(open().record('a b', [])).rejects.toMatchObject({ code: 'keyring-name-invalid' })
  })

  it('writes where nothing was used, too, and reads that', async () => {
    await open().record('ring', [])
    expect(await readdir(ringPath())).toEqual(['1'])
    expect(await open().read('ring')).toEqual([])
  })

  it('says why it has gone', async () => {
    await record(1)
    const records = open()
    await records.read('ring')
    await rm(folder, { recursive: true })
    await mkdir(join(folder, 'key-uses'), { recursive: true })
    await expect(records.read('ring')).rejects.toThrow('the directory was replaced by one without uses of keys')
  })

  it('has one small file to a ring, however often it is written', async () => {
    expect(await open().read('ring')).toEqual([])
    expect(await readdir(root)).toEqual([])
    for (let time = 1; time <= 25; time++) await record(time)
    expect(await readdir(ringPath())).toEqual(['25'])
    expect(await readFile(ringPath('25'), 'utf8')).toBe('[["a",25]]')
    expect(await readdir(join(folder, 'key-uses', 'new'))).toEqual([])
  })

  it('writes nothing where there is nothing new', async () => {
    await record(2)
    for (const time of [2, 1]) await record(time)
    expect(await readdir(ringPath())).toEqual(['1'])
  })

  it('can share the folder of keyrings', async () => {
    const keyrings = fileKeyrings(folder)
    await keyrings.write('ring', { version: 1, text: 'text' }, undefined)
    await record(7)
    expect(await keyrings.write('ring', { version: 2, text: 'text' }, 1)).toBe(true)
    expect(await keyrings.list()).toEqual(['ring'])
    expect(await open().read('ring')).toEqual([{ keyId: 'a', lastUsed: 7 }])
  })

  it('is for this user alone, and refuses what is not', async () => {
    await record(1)
    for (const [path, mode] of [
      [join(folder, 'key-uses'), 0o700],
      [ringPath(), 0o700],
      [ringPath('1'), 0o600],
    ] as const) {
      expect((await stat(path)).mode & 0o777).toBe(mode)
    }
    await chmod(ringPath('1'), 0o644)
    await expect(open().read('ring')).rejects.toMatchObject({ code: 'keyring-exposed' })
    await expect(record(2)).rejects.toMatchObject({ code: 'keyring-exposed' })
  })

  it('is not misled by a lower number, which who was stopped for long has taken, and removes it', async () => {
    for (const time of [1, 2, 3]) await record(time)
    await writeFile(ringPath('1'), '[["a",1]]', { mode: 0o600 })
    expect(await open().read('ring')).toEqual([{ keyId: 'a', lastUsed: 3 }])
    await record(4)
    expect(await readdir(ringPath())).toEqual(['4'])
  })

  it.each(['[["a"]]', '[["a","7"]]', '[["a",0.5]]'])('says that %j was changed', async (text) => {
    await record(1)
    await writeFile(ringPath('1'), text)
    await expect(open().read('ring')).rejects.toThrow('a file of uses was changed')
  })

  it.each(['', 'text', '{}', '[7]', '[["a"]]', '[["a","7"]]'])('says that %j is none of its files', async (text) => {
    await record(1)
    await writeFile(ringPath('1'), text)
    for (const ask of [() => open().read('ring'), () => record(2)]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'store-failed',
        message: expect.stringContaining(ringPath()),
      })
    }
  })

  it.each(['record', 'read'] as const)('after a %s, says that it has gone, and creates nothing', async (by) => {
    await record(1)
    const records = open()
    await { record: () => records.record('ring', [{ keyId: 'a', lastUsed: 2 }]), read: () => records.read('ring') }[
      by
    ]()
    await rename(folder, join(root, 'elsewhere'))
    await expectGone()
    // What an empty mount point looks like.
    await mkdir(folder)
    await expectGone()
    expect(await readdir(folder)).toEqual([])

    async function expectGone(): Promise<void> {
      const gone = { code: 'store-failed' }
      for (const ring of ['ring', 'another']) {
        await expect(records.read(ring)).rejects.toMatchObject(gone)
        await expect(records.record(ring, [{ keyId: 'a', lastUsed: 3 }])).rejects.toMatchObject(gone)
      }
    }
  })

  it('sweeps up what was left behind a day ago', async () => {
    await record(1)
    const staging = join(folder, 'key-uses', 'new')
    const dayAgo = Date.now() - 25 * 60 * 60 * 1000
    for (const time of [dayAgo, Date.now()]) await writeFile(join(staging, `${time}-left`), '')
    await record(2)
    expect(await readdir(staging)).toHaveLength(1)
  })

  it.each(['', undefined, null, 7])('takes no folder %j', (given) => {
    expect(() => fileKeyUses(given as never)).toThrow('option-invalid: fileKeyUses takes the path of a directory')
  })
})
