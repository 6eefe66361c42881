import { setTimeout as sleep } from 'node:timers/promises'
import { autify } from '@countersign/autify'
import { type Key, type Keyring, type KeyringStore, revoke, rotate } from '@countersign/core'
import type { VendorKeys } from './vendor-keys.js'

/** One rotation: the key, and when it was in the store (milliseconds since the epoch). */
export interface FleetRotation {
  readonly key: string
  readonly savedAt: number
}

export interface Operator {
  readonly rotations: readonly FleetRotation[]
  /** Saves of which it was not known at first whether they had been made, since the store went away meanwhile. */
  readonly uncertain: number
}

const LEAST_PAUSE_MS = 500
const MOST_PAUSE_MS = 1500
const RETRY_MS = 100
/** Longer than the store is away. */
const PATIENCE_MS = 30_000

/**
 * Rotates the vendor's key through the store, again and again: the new key is saved, then the vendor switches, and the key
 * before the one that now retires is revoked, as if it had leaked. What fails is tried again, as an operator would.
 */
export async function operate(
  store: KeyringStore,
  name: string,
  vendor: VendorKeys,
  operator: { rotations: FleetRotation[]; uncertain: number },
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await sleep(LEAST_PAUSE_MS + Math.random() * (MOST_PAUSE_MS - LEAST_PAUSE_MS))
    const before = await persistently(() => store.load(name))
    if (before === undefined) throw new Error('the keyring is gone')
    const { ring, key } = rotate(before.ring, autify())
    const leaked = retiring(before.ring)
    const next = leaked.reduce((rest, old) => revoke(rest, old.id), ring)
    if (!(await isSaved(next, before.version, key))) continue
    operator.rotations.push({ key: key.id, savedAt: Date.now() })
    vendor.switchTo(key.secret)
    for (const old of leaked) vendor.revoked(old.secret)
  }

  /** Whether it was saved, by the answer, or by what is there afterwards if there was none. */
  async function isSaved(ring: Keyring, version: string, key: Key): Promise<boolean> {
    try {
      await store.save(name, ring, version)
      return true
    } catch {
      operator.uncertain += 1
      const after = await persistently(() => store.load(name))
      return after?.ring.keys.some(({ id }) => id === key.id) ?? false
    }
  }
}

function retiring(ring: Keyring): readonly Key[] {
  const ids = ring.describe(Date.now()).filter(({ state }) => state === 'retiring')
  return ring.keys.filter((key) => ids.some(({ id }) => id === key.id))
}

async function persistently<Result>(ask: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(RETRY_MS)
    }
  }
}
