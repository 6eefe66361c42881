import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { type Claim, CountersignError, type IdempotencyStore } from '@countersign/core'
import { requireDuration } from './duration.js'
import { createDirectory, requireDirectory, type StoreDirectory } from './file-directory.js'
import { createEntry, entryPath, recordsIn, replaceRecord } from './file-entry.js'
import { endOf, type FileRecord, standing } from './file-record.js'
import { sweeper } from './file-sweep.js'
import { codeOf } from './system-error.js'

/** How a file store keeps what it knows. */
export interface FileStoreOptions {
  /**
   * Whether a change is on the disk, and not only in the memory of the system, before it is answered, so that a power loss
   * takes nothing back. Off unless said: the end of a process takes nothing back either way.
   */
  readonly durable?: boolean | undefined
  /** The clock, in milliseconds since the epoch, the same for all processes; `Date.now` unless said. */
  readonly now?: (() => number) | undefined
}

/** So many times another was faster in between. It is a fault of the file system if that does not end. */
const TRIES = 100

/**
 * Remembers deliveries in a directory, for all processes of one machine: a cluster, and a process that starts again after
 * it was killed. It needs a local file system that renames atomically, as those of Linux and macOS do; not one on a network.
 *
 * The directory is created if it is missing, for this user alone. If it goes while the store is in use, that is an outage,
 * and not a new store.
 *
 * How it holds, whoever does what at the same time, and wherever a process is killed:
 *
 * - A key has a directory with one empty file. The file's name is the record: state, attempt, end, token.
 * - Each change is one `rename`, which the system does as a whole or not at all: of the file, from the record that was read
 *   to the one that takes its place; or, for a new key, of a directory that was made aside, to where there is none. Of
 *   several at the same time one finds what it renames, or the place free. The others look again. So no two changes build on
 *   the same record.
 * - `complete` and a claim that takes over a lease rename the same file. Either the claim finds it done, or the completion
 *   finds it gone and is false.
 * - A process that is killed has done its rename, or has not. There is no lock that it could leave behind; its lease runs
 *   out. What it had made aside is swept up after a day.
 * - There is no content that could be torn. What is no record counts as nothing: the key can be claimed.
 *
 * Without `durable`, a power loss can take back the changes of the last seconds. A completion is then a lease again, or
 * nothing: handled again, never lost, since `done` is written only of what has been handled.
 *
 * What is done is removed when its time is over, and a lease that has run out or a release after a day, a little with each
 * 64th claim. A wall clock that is put forward ends leases earlier, and one that is put back later, by as much.
 *
 * @throws CountersignError the methods reject with `store-failed`, naming the path and with the system's error as cause, and
 * with `option-invalid` for a duration that is not a number, 0 or more.
 */
export function fileStore(directory: string, options: FileStoreOptions = {}): IdempotencyStore {
  const { durable = false, now = Date.now } = options
  const home: StoreDirectory = { path: resolve(directory), durable }
  const access = accessTo(home)
  const sweepNow = sweeper(home, now)

  /** Changes the record of a claim that is not over. */
  async function change(key: string, token: string, changed: () => Partial<FileRecord>): Promise<boolean> {
    return access(key, async (entry) => {
      const records = await recordsIn(entry)
      if (records.length === 0) await requireDirectory(home)
      const held = records.find((record) => record.state === 'leased' && record.token === token)
      if (held === undefined) return false
      const isChanged = await replaceRecord(home, entry, held, { ...held, ...changed() })
      return isChanged || undefined
    })
  }

  return {
    async claim(key, leaseMs): Promise<Claim> {
      requireDuration('leaseMs', leaseMs)
      const claim = await access(key, (entry) => tryClaim(home, entry, leaseMs, now()))
      sweepNow()
      return claim
    },
    async extend(key, token, leaseMs) {
      requireDuration('leaseMs', leaseMs)
      return change(key, token, () => ({ until: endOf(now(), leaseMs) }))
    },
    async complete(key, token, keepMs) {
      requireDuration('keepMs', keepMs)
      return change(key, token, () => ({ state: 'done', until: endOf(now(), keepMs) }))
    },
    async release(key, token) {
      return change(key, token, () => ({ state: 'released', until: endOf(now(), 0) }))
    },
  }
}

/** One look, and what follows from it. Undefined if another has changed the entry in between. */
async function tryClaim(home: StoreDirectory, entry: string, leaseMs: number, now: number): Promise<Claim | undefined> {
  const records = await recordsIn(entry)
  const current = standing(records, now)
  if (current?.state === 'done') return { state: 'done' }
  if (current !== undefined) return { state: 'in-progress', retryAfterMs: current.until - now }
  const [last] = records
  const attempt = last === undefined || last.state === 'done' ? 1 : last.attempt + 1
  const next: FileRecord = { state: 'leased', attempt, until: endOf(now, leaseMs), token: randomUUID() }
  const isOurs = await (last === undefined
    ? createEntry(home, entry, next, now)
    : replaceRecord(home, entry, last, next))
  return isOurs ? { state: 'claimed', token: next.token, attempt } : undefined
}

/**
 * Tries something with the entry of a key until it comes to an answer.
 *
 * @throws CountersignError `store-failed`.
 */
function accessTo(home: StoreDirectory) {
  const isReady = opened(home)
  return async <Answer>(key: string, attempt: (entry: string) => Promise<Answer | undefined>): Promise<Answer> => {
    const entry = entryPath(home.path, key)
    try {
      await isReady()
      for (let tries = 0; tries < TRIES; tries++) {
        const answer = await attempt(entry)
        if (answer !== undefined) return answer
      }
    } catch (cause) {
      throw new CountersignError('store-failed', `${codeOf(cause) ?? 'error'} at ${entry}`, { cause })
    }
    throw new CountersignError('store-failed', `${entry} was different each of ${TRIES} times`)
  }
}

/** Creates the directory at once, and no more when that has succeeded: from then on, one that is missing has gone. */
function opened(home: StoreDirectory): () => Promise<void> {
  let creation: Promise<void> | undefined
  function create(): Promise<void> {
    creation ??= createDirectory(home).catch((error) => {
      creation = undefined
      throw error
    })
    return creation
  }
  // Whoever uses the store first tries again, and is told.
  create().catch(() => undefined)
  return create
}
