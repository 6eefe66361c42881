import { link, lstat, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { isKeyringName } from './keyring-records.js'
import { createPrivateDirectory, createPrivateFile, readPrivateDirectory, sync, unless } from './private-file.js'

const VERSION = /^[1-9]\d{0,14}$/

/** Before each name: no directory is then one of a device of Windows', as `con` would be, or a stranger's. */
const PREFIX = 'ring-'

/**
 * The directory of a ring. All but lower-case letters, digits, `_` and `-` stands there as `%` and its code, so that names
 * stay apart where case makes no difference, and neither `..` nor `:` means anything.
 */
export function ringDirectory(name: string): string {
  const coded = (character: string) => `%${character.charCodeAt(0).toString(16)}`
  return PREFIX + name.replace(/[^a-z0-9_-]/g, coded)
}

/** The ring whose directory it is; undefined for a name that `ringDirectory` did not make. */
export function ringNameOf(directory: string): string | undefined {
  const decoded = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16))
  const name = directory.slice(PREFIX.length).replace(/%([0-9a-f]{2})/g, decoded)
  return isKeyringName(name) && ringDirectory(name) === directory ? name : undefined
}

/** The newest version that is there; undefined if there is none, or no directory. @throws CountersignError `keyring-exposed`. */
export async function newestVersion(ring: string): Promise<number | undefined> {
  let newest: number | undefined
  for (const version of await versionsIn(ring)) newest = Math.max(newest ?? 0, version)
  return newest
}

/** All that are there; none if there is no directory. @throws CountersignError `keyring-exposed`. */
export async function versionsIn(ring: string): Promise<readonly number[]> {
  const names = (await unless(['ENOENT'], readPrivateDirectory(ring))) ?? []
  return names.filter((name) => VERSION.test(name)).map(Number)
}

/** Whether there is a version. A directory may have none yet, or be no directory. */
export async function hasVersion(ring: string): Promise<boolean> {
  const names = await unless(['ENOENT', 'ENOTDIR'], readdir(ring))
  return names?.some((name) => VERSION.test(name)) ?? false
}

/** Where the text of a version is; an empty file where there is a newer version. */
export function versionPath(ring: string, version: number): string {
  return join(ring, String(version))
}

/** Puts a version in its place, if that is free. The text is there as a whole or not at all. */
export async function addVersion(ring: string, version: number, text: string, staging: string): Promise<boolean> {
  // Who adds a later one has seen the first, and that was added when the directory was on the disk.
  if (version === 1) await createPrivateDirectory(ring)
  const staged = await createPrivateFile(staging, text)
  try {
    const isAdded = await unless(
      ['EEXIST'],
      link(staged, versionPath(ring, version)).then(() => true),
    )
    if (isAdded) await sync(ring)
    return isAdded === true
  } finally {
    // Another may have swept it up, if this process was stopped for a day.
    await unless(['ENOENT'], unlink(staged))
  }
}

/** Empties all versions under one that stands: the lowest first, so that under an empty one there are only empty ones. */
export async function emptyVersionsBelow(ring: string, version: number, staging: string): Promise<void> {
  let lowest = version
  while (lowest > 1 && (await isFilled(versionPath(ring, lowest - 1)))) lowest -= 1
  for (let older = lowest; older < version; older++) {
    await rename(await createPrivateFile(staging, ''), versionPath(ring, older))
  }
}

async function isFilled(path: string): Promise<boolean> {
  return ((await unless(['ENOENT'], lstat(path)))?.size ?? 0) > 0
}
