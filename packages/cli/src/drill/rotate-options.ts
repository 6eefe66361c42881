import type { RotateOptions, Secret } from '@countersign/core'
import type { Rules } from './cases.js'
import type { Rotation } from './rotations.js'

/** A rotation as either side tells it to its ring, with the moment at which the vendor made it. */
export function rotateOptionsOf(rules: Rules, rotation: Rotation, secret: Secret): RotateOptions {
  return {
    id: rotation.newKey,
    secret,
    slot: rotation.slot,
    now: rotation.at,
    // Elsewhere the provider's own default is the vendor's rule.
    graceMs: rules.kind === 'expiring' ? rotation.graceMs : undefined,
    force: rules.kind === 'slots-at-once',
  }
}
