import { randomUUID } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type StoreDirectory, stagingOf } from './file-directory.js'
import { recordsIn, removeRecords } from './file-entry.js'
import { isStale } from './file-record.js'
import { unless } from './system-error.js'

const SHARDS = 256
/** Claims from one sweep to the next. */
const CLAIMS = 64
/**
 * Directories that a sweep looks at. Twice the claims: one round through all entries takes half as many claims as there are
 * entries, so of many entries about half at most are stale and not yet removed.
 */
const LOOKS = 128
/** An entry that is still being made after a day was left by a process that ended. */
const ABANDONED_MS = 24 * 60 * 60 * 1000

const ENTRY = /^[0-9a-f]{64}$/

/**
 * To be called with each claim; with each 64th it goes on removing what is stale, from where it stopped the last time. It does
 * so beside the claims, which do not wait for it, and whose answers it does not change: where it fails, so will claims, which
 * say so. What it could not do in time it does later. Nothing but claims starts it, so there is no timer to stop.
 */
export function sweeper(directory: StoreDirectory, now: () => number): () => void {
  // Processes begin in different places, and those that live for a few claims only take their turn as well.
  const place: Place = { shard: Math.floor(Math.random() * SHARDS), after: '' }
  let claims = Math.floor(Math.random() * CLAIMS)
  let due = 0

  async function sweep(): Promise<void> {
    for (; due > 0; due--) {
      try {
        await sweepStaging(stagingOf(directory), now())
        await sweepFrom(place, directory.path, now())
      } catch {
        // On to the next shard: this one may be at fault for good.
        advance(place)
      }
    }
  }

  return () => {
    claims = (claims + 1) % CLAIMS
    if (claims !== 0) return
    due += 1
    if (due === 1) void sweep()
  }
}

/** Where the next sweep begins: behind this entry of this shard. */
interface Place {
  shard: number
  after: string
}

function advance(place: Place): void {
  place.shard = (place.shard + 1) % SHARDS
  place.after = ''
}

async function sweepFrom(place: Place, path: string, now: number): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks++) {
    const shard = join(path, place.shard.toString(16).padStart(2, '0'))
    const names = (await unless(['ENOENT', 'ENOTDIR'], readdir(shard))) ?? []
    const ahead = names.filter((name) => ENTRY.test(name) && name > place.after).sort()
    const looked = ahead.slice(0, LOOKS - looks)
    await Promise.all(looked.map((name) => sweepEntry(join(shard, name), now)))
    looks += looked.length
    if (looked.length === ahead.length) advance(place)
    else place.after = looked.at(-1) ?? place.after
  }
}

/**
 * Removes what is stale of an entry, and the entry with it. A claim at the same time may replace the record before it is
 * removed here: it then stays. Or the claim finds it removed, and makes a new entry in the place of the empty one, which then
 * cannot be removed, or after that has gone.
 */
export async function sweepEntry(entry: string, now: number): Promise<void> {
  const records = await recordsIn(entry)
  const stale = records.filter((record) => isStale(record, now))
  if (stale.length === records.length) await removeRecords(entry, stale)
}

/**
 * Removes what was never moved to its place. It is renamed first: emptied under its own name, it could still be moved, and
 * then be a claim that nobody else can see.
 */
export async function sweepStaging(staging: string, now: number): Promise<void> {
  for (const name of await readdir(staging)) {
    const isAbandoned = Number.parseInt(name, 10) + ABANDONED_MS <= now
    if (!isAbandoned) continue
    const doomed = join(staging, `0-${randomUUID()}`)
    await unless(['ENOENT'], rename(join(staging, name), doomed))
    await rm(doomed, { recursive: true, force: true })
  }
}
