import { CountersignError } from '@countersign/core'
import { leave, putLast, type Standing, type WaitingLine } from './waiting-line.js'

/** What is remembered of one key. Times are in milliseconds of the store's clock. */
export interface MemoryEntry extends Standing<MemoryEntry> {
  readonly key: string
  /** `leased` also if the lease has run out and nobody else has claimed the key. */
  state: 'leased' | 'released' | 'done'
  token: string
  attempt: number
  /** The end of the lease, or of the time that a completion is kept. */
  until: number
  leaseMs: number
}

export interface MemoryEntries {
  size(): number
  get(key: string): MemoryEntry | undefined
  /** A new one, for `lease`; makes room for it. @throws CountersignError `store-full`. */
  add(key: string): MemoryEntry
  lease(entry: MemoryEntry, change: Partial<MemoryEntry> & Pick<MemoryEntry, 'until' | 'leaseMs'>): void
  finish(entry: MemoryEntry, change?: Partial<MemoryEntry>): void
  /** Lets the leases count as finished that have run out. */
  retireLapsed(now: number): void
}

/**
 * A bounded number of entries, in the order in which they may be forgotten. No call looks at all of them.
 *
 * Those that are finished stand in one line, the one that finished first at its head. Those that are leased stand in one line
 * for each length of lease: a claim or an extension puts an entry at the end, and the clock does not go back, so each line is
 * in the order in which its leases end, and only heads need to be looked at. A receiver uses one length, or a few.
 *
 * @throws CountersignError `option-invalid` for `maxEntries`.
 */
export function memoryEntries(maxEntries: number): MemoryEntries {
  if (!Number.isInteger(maxEntries) || maxEntries < 1) {
    throw new CountersignError('option-invalid', `maxEntries is ${String(maxEntries)}, not a whole number above 0`)
  }
  const known = new Map<string, MemoryEntry>()
  const finished: WaitingLine<MemoryEntry> = {}
  const leased = new Map<number, WaitingLine<MemoryEntry>>()

  function lineOf(leaseMs: number): WaitingLine<MemoryEntry> {
    const line = leased.get(leaseMs) ?? {}
    leased.set(leaseMs, line)
    return line
  }

  /** Takes an entry to the end of another line; the one that it leaves does not stay without an entry. */
  function move(entry: MemoryEntry, line: WaitingLine<MemoryEntry>): void {
    const old = entry.line
    putLast(line, entry)
    if (old !== undefined && old !== finished && old.first === undefined) leased.delete(entry.leaseMs)
  }

  function finish(entry: MemoryEntry, change?: Partial<MemoryEntry>): void {
    move(entry, finished)
    Object.assign(entry, change)
  }

  function makeRoom(): void {
    if (known.size < maxEntries) return
    const oldest = finished.first
    if (oldest === undefined) throw new CountersignError('store-full', `maxEntries is ${maxEntries}`)
    leave(oldest)
    known.delete(oldest.key)
  }

  return {
    size: () => known.size,
    get: (key) => known.get(key),
    add(key) {
      makeRoom()
      const entry: MemoryEntry = { key, state: 'leased', token: '', attempt: 0, until: 0, leaseMs: 0 }
      known.set(key, entry)
      return entry
    },
    lease(entry, change) {
      move(entry, lineOf(change.leaseMs))
      Object.assign(entry, change, { state: 'leased' })
    },
    finish,
    retireLapsed(now) {
      for (const line of leased.values()) {
        while (line.first !== undefined && line.first.until <= now) finish(line.first)
      }
    },
  }
}
