import { mkdir, open, opendir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unless } from './system-error.js'

/** What a file store works in. */
export interface StoreDirectory {
  /** Absolute. */
  readonly path: string
  /** Whether a change has to be on the disk, and not only in the memory of the system, before it counts. */
  readonly durable: boolean
}

/** Modes: nobody else reads which deliveries there were. */
export const PRIVATE = { directory: 0o700, file: 0o600 }

/** Where entries are made before they are moved to their places. It is there as long as the store is. */
export function stagingOf({ path }: StoreDirectory): string {
  return join(path, 'new')
}

/** Creates what is missing of the store's directory and the path to it. */
export async function createDirectory(directory: StoreDirectory): Promise<void> {
  const staging = stagingOf(directory)
  const first = await mkdir(staging, { recursive: true, mode: PRIVATE.directory })
  if (first === undefined || !directory.durable) return
  for (let made = staging; made.length >= first.length; made = dirname(made)) await sync(dirname(made))
}

/** Creates one of the 256 directories that share the entries among them. */
export async function createShard(directory: StoreDirectory, shard: string): Promise<void> {
  // Not recursive: a store whose directory has gone is down, and not new.
  await unless(['EEXIST'], mkdir(shard, PRIVATE.directory))
  if (directory.durable) await sync(directory.path)
}

/** @throws what the system says, if the store's directory has gone: unmounted, or removed. */
export async function requireDirectory(directory: StoreDirectory): Promise<void> {
  await (await opendir(stagingOf(directory))).close()
}

/** The data of a directory are its names, and those are all that a store has. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
