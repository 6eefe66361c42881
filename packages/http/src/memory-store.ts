import type { Claim, IdempotencyStore } from '@countersign/core'
import { requireDuration } from './duration.js'
import { type MemoryEntry, memoryEntries } from './memory-entries.js'

/** How much a store in memory remembers. */
export interface MemoryStoreOptions {
  /** How many keys are remembered at most. A whole number, 1 or more; 10,000 unless said. */
  readonly maxEntries?: number | undefined
  /** The clock, in milliseconds from anywhere. It must not go back; `performance.now` unless said. */
  readonly now?: (() => number) | undefined
}

/** A store that says how full it is. */
export interface MemoryStore extends IdempotencyStore {
  /** Keys that are remembered, `maxEntries` at most. */
  readonly size: number
}

/**
 * Remembers deliveries in the memory of this process: for one instance, and until it ends. After a restart each delivery is
 * new, so a vendor's retry across it is handled again.
 *
 * It is bounded. When it is full, a claim of a new key makes it forget the key that finished longest ago: handled, released
 * or with a lease that has run out. Take `maxEntries` larger than the deliveries in the time that `complete` asks for. A lease
 * that still runs is never forgotten: if there is nothing else, `claim` rejects with `store-full`.
 *
 * A claim that is over, by `complete` or `release`, is over: its token is then good for nothing more.
 *
 * @throws CountersignError `option-invalid`; the methods reject with it for a duration that is not a number, 0 or more.
 */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const { maxEntries = 10_000, now = () => performance.now() } = options
  const entries = memoryEntries(maxEntries)
  const newToken = tokens()

  /** The entry, if the token is that of its claim and the claim is not over. */
  function held(key: string, token: string, at: number): MemoryEntry | undefined {
    entries.retireLapsed(at)
    const entry = entries.get(key)
    return entry?.state === 'leased' && entry.token === token ? entry : undefined
  }

  return {
    get size() {
      return entries.size()
    },
    async claim(key, leaseMs): Promise<Claim> {
      requireDuration('leaseMs', leaseMs)
      const at = now()
      entries.retireLapsed(at)
      const entry = entries.get(key)
      if (entry !== undefined && entry.state !== 'released' && entry.until > at) return refusal(entry, at)
      const attempt = entry === undefined || entry.state === 'done' ? 1 : entry.attempt + 1
      const token = newToken()
      entries.lease(entry ?? entries.add(key), { token, attempt, until: at + leaseMs, leaseMs })
      return { state: 'claimed', token, attempt }
    },
    async extend(key, token, leaseMs) {
      requireDuration('leaseMs', leaseMs)
      const at = now()
      const entry = held(key, token, at)
      if (entry !== undefined) entries.lease(entry, { until: at + leaseMs, leaseMs })
      return entry !== undefined
    },
    async complete(key, token, keepMs) {
      requireDuration('keepMs', keepMs)
      const at = now()
      const entry = held(key, token, at)
      if (entry !== undefined) entries.finish(entry, { state: 'done', until: at + keepMs })
      return entry !== undefined
    },
    async release(key, token) {
      const entry = held(key, token, now())
      if (entry !== undefined) entries.finish(entry, { state: 'released' })
      return entry !== undefined
    },
  }
}

function refusal({ state, until, leaseMs }: MemoryEntry, at: number): Claim {
  if (state === 'done') return { state: 'done' }
  // Rounding may make of the sum and the difference a little more than there was.
  return { state: 'in-progress', retryAfterMs: Math.min(until - at, leaseMs) }
}

/** The number differs within this store, the prefix from that of other stores and of the process before. */
function tokens(): () => string {
  // Not before the first claim: outside of a request, Workers give no random numbers.
  let prefix: string | undefined
  let count = 0
  return () => {
    prefix ??= crypto.randomUUID()
    count += 1
    return `${prefix}.${count}`
  }
}
