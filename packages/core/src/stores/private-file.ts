import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CountersignError } from '../errors.js'

/** Modes: nobody else may read what holds secrets, nor put something else in its place. */
const PRIVATE = { directory: 0o700, file: 0o600 }
/** The rights of the group and of others. */
const OTHERS = 0o077

/** A file that is still being made after a day was left by a process that ended. */
const ABANDONED_MS = 24 * 60 * 60 * 1000

/** Has neither modes nor directories that can be opened. */
const isWindows = process.platform === 'win32'

/** What `pending` resolves to; undefined if it rejects with one of these codes of the system's. */
export async function unless<Result>(codes: readonly string[], pending: Promise<Result>): Promise<Result | undefined> {
  try {
    return await pending
  } catch (error) {
    if (!codes.includes(codeOf(error) ?? '')) throw error
    return undefined
  }
}

/** Node's code for what the system said, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null | undefined)?.code
}

/** Creates a directory, and what is missing of the path to it, for good. */
export async function createPrivatePath(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: PRIVATE.directory })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await sync(dirname(made))
}

/** Creates a directory, unless it is there, in one that is there; for good, also if another has just created it. */
export async function createPrivateDirectory(path: string): Promise<void> {
  await unless(['EEXIST'], mkdir(path, PRIVATE.directory))
  await sync(dirname(path))
}

/** Makes a new file in a directory, whole and on the disk when this resolves to its path. */
export async function createPrivateFile(directory: string, text: string): Promise<string> {
  const path = join(directory, `${Date.now()}-${randomUUID()}`)
  const handle = await open(path, 'wx', PRIVATE.file)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return path
}

/** Removes what `createPrivateFile` made there more than a day ago. What cannot be removed is left to the next time. */
export async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const isAbandoned = Number.parseInt(name, 10) + ABANDONED_MS <= Date.now()
    if (isAbandoned) await unlink(join(directory, name)).catch(() => undefined)
  }
}

/** @throws CountersignError `keyring-exposed`, and what the system says. A symbolic link is not followed. */
export async function readPrivateFile(path: string): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    await requirePrivate(handle, path)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

/** @throws CountersignError `keyring-exposed`, and what the system says. */
export async function readPrivateDirectory(path: string): Promise<readonly string[]> {
  await withDirectory(path, (handle) => requirePrivate(handle, path))
  return readdir(path)
}

/** Has the names in a directory on the disk, and not only in the memory of the system. */
export async function sync(directory: string): Promise<void> {
  await withDirectory(directory, (handle) => handle.sync())
}

async function withDirectory(path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  if (isWindows) return
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await use(handle)
  } finally {
    await handle.close()
  }
}

/** Asks what was opened, and not its name, which could mean something else by now. */
async function requirePrivate(handle: FileHandle, path: string): Promise<void> {
  if (isWindows) return
  const mode = (await handle.stat()).mode & 0o777
  if ((mode & OTHERS) === 0) return
  throw new CountersignError('keyring-exposed', `${path} has mode ${mode.toString(8).padStart(4, '0')}`)
}
