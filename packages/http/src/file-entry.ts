import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createShard, PRIVATE, type StoreDirectory, stagingOf, sync } from './file-directory.js'
import { type FileRecord, nameOf, recordOf } from './file-record.js'
import { codeOf, unless } from './system-error.js'

/** How often an entry that is found empty is looked at; see `recordsIn`. */
const LOOKS = 3

/** No such file or directory, or none in its path. */
const ABSENT = ['ENOENT', 'ENOTDIR']
/** Something else stands there. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR']

/**
 * The directory of a key. Keys are hashed for it, as UTF-16: they are arbitrary texts of any length, and UTF-8 has one
 * spelling for all lone surrogates.
 */
export function entryPath(path: string, key: string): string {
  const hash = createHash('sha256').update(key, 'utf16le').digest('hex')
  return join(path, hash.slice(0, 2), hash)
}

/**
 * The records of an entry: one, or none if there is no entry. What cannot be read as a record is passed over.
 *
 * An entry is never empty while it lives. But a system may show neither the old nor the new name of a file that is being
 * renamed, so what looks empty is looked at again. One that stays empty is a removal that was not finished.
 */
export async function recordsIn(entry: string): Promise<readonly FileRecord[]> {
  for (let look = 1; ; look++) {
    const names = await unless(ABSENT, readdir(entry))
    const records = (names ?? []).map(recordOf).filter((record) => record !== undefined)
    if (records.length > 0 || names === undefined || look === LOOKS) return records
  }
}

/**
 * Makes an entry with its first record, if there is none. False if there is one by now, or if it has to be tried again.
 *
 * It is made aside and renamed into its place as a whole. A directory can only be renamed to where there is none, or an empty
 * one; so of any number at the same time, one succeeds.
 */
export async function createEntry(directory: StoreDirectory, entry: string, record: FileRecord, now: number) {
  const staged = join(stagingOf(directory), `${Math.trunc(now)}-${record.token}`)
  await mkdir(staged, PRIVATE.directory)
  try {
    await (await open(join(staged, nameOf(record)), 'wx', PRIVATE.file)).close()
    if (directory.durable) await sync(staged)
    await rename(staged, entry)
  } catch (error) {
    // If that fails as well, a sweep will find it.
    await rm(staged, { recursive: true, force: true }).catch(() => undefined)
    await makeWay(directory, entry, error)
    return false
  }
  if (directory.durable) await sync(dirname(entry))
  return true
}

/** Ends what kept an entry from its place, if that can be ended. @throws the error, if it cannot. */
async function makeWay(directory: StoreDirectory, entry: string, error: unknown): Promise<void> {
  const code = codeOf(error) ?? ''
  if (TAKEN.includes(code)) await removeGarbage(entry)
  else if (code === 'ENOENT') await createShard(directory, dirname(entry))
  else throw error
}

/**
 * Clears the place of an entry from what has no record: a stranger's file, or what the check of a file system has left.
 * Nothing that is a record is touched, nor a directory that may get one.
 */
async function removeGarbage(entry: string): Promise<void> {
  const names = await unless(ABSENT, readdir(entry))
  if (names?.some(recordOf)) return
  // Neither takes a directory away.
  for (const path of [dirname(entry), entry]) await unless(['ENOENT', 'EISDIR', 'EPERM'], unlink(path))
  for (const name of names ?? []) await rm(join(entry, name), { recursive: true, force: true })
}

/**
 * Replaces a record, if it is still there.
 *
 * Of any number at the same time, one succeeds: a file has its old name until someone has renamed it. No name comes back with
 * another meaning, since it says all that a record says, and a token is never used again.
 */
export async function replaceRecord(directory: StoreDirectory, entry: string, from: FileRecord, to: FileRecord) {
  const isReplaced = await unless(
    ABSENT,
    rename(join(entry, nameOf(from)), join(entry, nameOf(to))).then(() => true),
  )
  if (isReplaced && directory.durable) await sync(entry)
  return isReplaced === true
}

/** Removes records that are still there, and the entry if that leaves it empty. One that a claim fills again stays. */
export async function removeRecords(entry: string, records: readonly FileRecord[]): Promise<void> {
  for (const record of records) await unless(ABSENT, unlink(join(entry, nameOf(record))))
  await unless([...ABSENT, ...TAKEN], rmdir(entry))
}
