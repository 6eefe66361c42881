import { type Keyring, type Observation, promote, prune, rotate, type Secret, stage } from '@countersign/core'
import type { DrillCase } from './cases.js'
import type { Clock } from './clock.js'
import { rotateOptionsOf } from './rotate-options.js'
import type { Rotation } from './rotations.js'

/** The receiver's ring, and what happens to it while the receiver runs. */
export interface ReceiverKeys {
  ring(): Keyring
  /** Takes a key in before the vendor uses it. */
  stage(rotation: Rotation, secret: Secret): void
  /** Hears, perhaps long after, that the vendor has rotated. */
  learn(rotation: Rotation, secret: Secret): void
  /** Makes a staged key the active one, if the observer has seen the vendor use it; whether it had. */
  promote(rotation: Rotation): boolean
  prune(): void
  /** For the verifier. */
  observe(observation: Observation): void
}

export function createReceiverKeys({ provider, rules }: DrillCase, first: Keyring, clock: Clock): ReceiverKeys {
  const seenInUse = new Set<string>()
  let ring = first
  return {
    ring: () => ring,
    stage({ newKey, slot }, secret) {
      ring = stage(ring, { id: newKey, secret, slot })
    },
    learn(rotation, secret) {
      ring = rotate(ring, provider, rotateOptionsOf(rules, rotation, secret)).ring
    },
    promote({ newKey, graceMs }) {
      if (!seenInUse.has(newKey)) return false
      ring = promote(ring, newKey, { graceMs, now: clock.now() })
      return true
    },
    prune() {
      ring = prune(ring, clock.now())
    },
    observe({ note, keyId }) {
      if (note === 'staged-key-matched' && keyId !== undefined) seenInUse.add(keyId)
    },
  }
}
