import { type AnyProvider, type Keyring, type RotateOptions, rotate } from '@countersign/core'
import type { RingChange } from './change-ring.js'
import { refusal } from './refusal.js'

/** A rotation as a change that is not made twice. `now`: when the vendor rotated, in milliseconds since the epoch. */
export function rotation(options: RotateOptions, provider: AnyProvider, now: number): RingChange {
  return {
    apply(ring) {
      try {
        return rotate(ring, provider, { ...options, now }).ring
      } catch (error) {
        throw refusal(error, ring, provider, options.slot, now)
      }
    },
    isStillRight: (first, fresh) => isSameTurn(first, fresh, now),
  }
}

/** Another who has added or replaced a key has done what this was to do, or something that it would undo. */
function isSameTurn(first: Keyring, fresh: Keyring, now: number): boolean {
  const known = new Set(first.keys.map(({ id }) => id))
  return fresh.keys.every(({ id }) => known.has(id)) && activeIds(first, now) === activeIds(fresh, now)
}

function activeIds(ring: Keyring, now: number): string {
  const active = ring.describe(now).filter(({ state }) => state === 'active')
  return JSON.stringify(active.map(({ id }) => id).sort())
}
