import { randomBytes } from 'node:crypto'
import { generateSecret, type Keyring, prune, rotate, type Secret, secret, sign } from '@countersign/core'
import type { DrillCase } from './cases.js'
import { rotateOptionsOf } from './rotate-options.js'
import type { Rotation } from './rotations.js'

/** The vendor's side: its own ring, which it rotates by its own rules and signs with. */
export interface Vendor {
  rotate(rotation: Rotation): void
  prune(now: number): void
  /** The headers of a delivery signed at a moment. */
  sign(body: Uint8Array, now: number): Promise<Record<string, string>>
  /** The secret of a key, as it is handed to the receiver. One that the receiver chooses is made when asked for. */
  secretOf(key: string): Secret
}

export function createVendor({ provider, rules }: DrillCase, first: Keyring): Vendor {
  const secrets = new Map(first.keys.map((key) => [key.id, key.secret]))
  let ring = first
  const secretOf = (key: string): Secret => {
    const known = secrets.get(key) ?? newSecret(provider)
    secrets.set(key, known)
    return known
  }
  return {
    secretOf,
    rotate(rotation) {
      ring = rotate(ring, provider, rotateOptionsOf(rules, rotation, secretOf(rotation.newKey))).ring
    },
    prune(now) {
      ring = prune(ring, now)
    },
    sign: (body, now) => sign(provider, ring, body, { now }),
  }
}

/** A fresh secret in the vendor's form; where the vendor issues them itself, one as it might. */
export function newSecret(provider: DrillCase['provider']): Secret {
  return provider.secrets?.issuedBy === 'vendor' ? secret(randomBytes(32).toString('base64')) : generateSecret(provider)
}
