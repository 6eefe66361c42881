import { CountersignError, type KeyringName, type KeyUseRecord, type KeyUseRecords } from '@countersign/core'
import type { KeyUse } from './key-usage.js'

/** Where uses of keys outlast the process. */
export interface SharedKeyUses {
  /** `fileKeyUses`, `redisKeyUses`, `postgresKeyUses`. */
  readonly records: KeyUseRecords
  /** The ring's name, or a function of `{ provider, tenant }` to it, as `keySource` takes them. Undefined: not recorded. */
  readonly ring: KeyringName
  /** Milliseconds from a use until it is written, with all that came meanwhile. Default 10,000. */
  readonly everyMs?: number | undefined
  /** Told of each failure. What was not written is written with the next. */
  readonly onError?: ((error: unknown) => void) | undefined
}

export interface KeyUseWriter {
  /** Never throws: a delivery must not pay for it. */
  note(use: KeyUse): void
  /** Writes now what has not been written. Never rejects. */
  flush(): Promise<void>
}

interface Unwritten extends KeyUseRecord {
  readonly ring: string
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Writes uses down together, at most once in `everyMs`.
 *
 * @param maxKeys of so many keys at most, while the store cannot be reached; the ones that were used last.
 * @throws CountersignError `option-invalid`.
 */
export function keyUseWriter(
  { records, ring, everyMs = 10_000, onError }: SharedKeyUses,
  maxKeys: number,
): KeyUseWriter {
  requireShared(records, ring, everyMs)
  const unwritten = new Map<string, Unwritten>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  function put(use: Unwritten): void {
    const name = JSON.stringify([use.ring, use.keyId])
    const before = unwritten.get(name)
    unwritten.delete(name)
    unwritten.set(name, before !== undefined && before.lastUsed > use.lastUsed ? before : use)
    if (unwritten.size > maxKeys) unwritten.delete(unwritten.keys().next().value as string)
  }

  function writeSoon(): void {
    if (timer !== undefined || unwritten.size === 0) return
    timer = setTimeout(flush, everyMs)
    // It must not keep a process alive: `flush` is for that. Browsers and Workers have numbers for timers.
    ;(timer as { unref?: () => void }).unref?.()
  }

  /** One after the other, so that a slow store is not asked by several at once. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(writeAll)
    return writing
  }

  async function writeAll(): Promise<void> {
    const rings = byRing(unwritten.values())
    unwritten.clear()
    await Promise.all([...rings].map(([name, uses]) => writeRing(name, uses)))
    writeSoon()
  }

  async function writeRing(name: string, uses: readonly Unwritten[]): Promise<void> {
    const written = uses.map(({ keyId, lastUsed }) => ({ keyId, lastUsed }))
    try {
      await records.record(name, written)
    } catch (error) {
      // Before what came meanwhile, so that the oldest is still the first to be forgotten.
      const newer = [...unwritten.values()]
      unwritten.clear()
      for (const use of [...uses, ...newer]) put(use)
      tell(error)
    }
  }

  function tell(error: unknown): void {
    // Later, and apart: also what it throws is no fault of a delivery.
    Promise.resolve(error)
      .then(onError)
      .catch(() => undefined)
  }

  return {
    note({ provider, tenant, keyId, lastUsed }) {
      try {
        const name = typeof ring === 'string' ? ring : ring({ provider, tenant })
        if (name === undefined) return
        // A clock may have fractions of milliseconds, and no store takes them.
        put({ ring: name, keyId, lastUsed: Math.floor(lastUsed) })
        writeSoon()
      } catch (error) {
        tell(error)
      }
    },
    flush,
  }
}

function byRing(uses: Iterable<Unwritten>): ReadonlyMap<string, readonly Unwritten[]> {
  const rings = new Map<string, Unwritten[]>()
  for (const use of uses) {
    const own = rings.get(use.ring) ?? []
    own.push(use)
    rings.set(use.ring, own)
  }
  return rings
}

function requireShared(records: unknown, ring: unknown, everyMs: number): void {
  const isRecords = typeof (records as Partial<KeyUseRecords> | undefined)?.record === 'function'
  if (!isRecords || !(typeof ring === 'string' || typeof ring === 'function')) {
    throw new CountersignError(
      'option-invalid',
      'records is a KeyUseRecords, and ring the name of a ring or a function',
    )
  }
  if (everyMs >= 0 && everyMs <= LONGEST_TIMER_MS) return
  throw new CountersignError('option-invalid', `everyMs is ${String(everyMs)}`)
}
