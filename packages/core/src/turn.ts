import { CountersignError } from './errors.js'
import { notAfterOf, underWayMs, vendorEnd } from './grace.js'
import { type Key, stateOf, UNTIL_PROMOTED } from './key.js'
import type { Keyring } from './keyring.js'
import type { AnyProvider } from './provider.js'
import type { RotateOptions } from './rotate.js'
import type { PolicyOf } from './rotation-policy.js'

/** What one rotation does to a ring, by the vendor's policy. */
export interface Turn {
  readonly slot?: string | undefined
  /** When the vendor begins to sign with the new key. */
  readonly activeFrom: number
  /** The keys that begin to retire. */
  readonly retiring: readonly Key[]
  /** When those expire at the receiver. */
  readonly notAfter: number
}

/** The turn that the provider's policy prescribes at a moment, or an error that says which rule forbids it. */
export function turnOf(ring: Keyring, provider: AnyProvider, options: RotateOptions, now: number): Turn {
  const policy = provider.rotation
  switch (policy.kind) {
    case 'slots':
      return turnSlot(ring, provider, policy, options, now)
    case 'overlap':
      return turnWithOverlap(ring, provider, policy, options, now)
    case 'expiring':
      return turnWithExpiry(ring, provider, policy, options, now)
    case 'swap':
      return turnAtOnce(ring, policy, options, now)
  }
}

function turnSlot(
  ring: Keyring,
  provider: AnyProvider,
  policy: PolicyOf<'slots'>,
  options: RotateOptions,
  now: number,
): Turn {
  const { slot } = options
  if (slot === undefined || !policy.slots.includes(slot)) {
    throw new CountersignError('slot-required', `say which slot to rotate: ${policy.slots.join(' or ')}`)
  }
  // The vendor has no grace: the slot's old key is gone at once. 0 drops deliveries under way too.
  if (options.graceMs !== undefined && options.graceMs !== 0) throw graceNotAllowed('0, or nothing')
  // In either direction: a turn that is told late may lie before one that is known already.
  const isRecent = ({ activeFrom = Number.NEGATIVE_INFINITY }: Key) => Math.abs(now - activeFrom) < policy.guardMs
  const recent = ring.keys.find((key) => key.slot !== slot && isRecent(key))?.slot
  if (recent !== undefined && !options.force) {
    throw new CountersignError(
      'other-slot-too-recent',
      `slot '${recent}' was rotated less than ${policy.guardMs} ms ago: a receiver that has not learned its new key yet ` +
        `needs slot '${slot}' as it is. Wait, or { force: true }`,
    )
  }
  const retiring = activeKeys(ring, now).filter((key) => key.slot === slot)
  return { slot, activeFrom: now, retiring, notAfter: options.graceMs === 0 ? now : now + underWayMs(provider) }
}

/** When a slot was last given a new key; an undated slot was so long ago. */
export function lastTurnOf(ring: Keyring, slot: string, now: number): number {
  const turns = ring.keys
    .filter((key) => key.slot === slot && key.activeFrom !== undefined && key.activeFrom <= now)
    .map((key) => key.activeFrom as number)
  return Math.max(Number.NEGATIVE_INFINITY, ...turns)
}

function turnWithOverlap(
  ring: Keyring,
  provider: AnyProvider,
  policy: PolicyOf<'overlap'>,
  options: RotateOptions,
  now: number,
): Turn {
  const grace = graceOf(options, policy.defaultGraceMs)
  const end = overlapEnd(ring, provider, now)
  if (end > now && !options.force) {
    throw new CountersignError(
      'rotation-in-progress',
      `the vendor signs with two keys until ${end} (milliseconds since the epoch): wait until then, or { force: true }`,
    )
  }
  return { activeFrom: now, retiring: activeKeys(ring, now), notAfter: notAfterOf(now, grace, provider) }
}

/** When the rotation under way ends at the vendor; in the past if there is none. */
export function overlapEnd(ring: Keyring, provider: AnyProvider, now: number): number {
  const retiring = ring.keys.filter((key) => stateOf(key, now) === 'retiring')
  return Math.max(Number.NEGATIVE_INFINITY, ...retiring.map((key) => vendorEnd(key, provider)))
}

function turnWithExpiry(
  ring: Keyring,
  provider: AnyProvider,
  policy: PolicyOf<'expiring'>,
  options: RotateOptions,
  now: number,
): Turn {
  // Unsaid, the longest: what expires too late can be revoked, what expires too soon has cost deliveries.
  const grace = options.graceMs ?? Math.max(...policy.gracesMs)
  if (!policy.gracesMs.includes(grace)) throw graceNotAllowed(`one of ${policy.gracesMs.join(', ')}`)
  // A secret that waits for the end of an earlier grace is the vendor's newest, and is on its way out now.
  const retiring = ring
    .usable(now)
    .filter((key) => stateOf(key, now) !== 'retiring' && key.activeFrom !== UNTIL_PROMOTED)
  const kept = unexpired(ring, provider, now).filter((key) => grace > 0 || !retiring.includes(key))
  if (kept.length >= policy.max) {
    throw new CountersignError(
      'too-many-keys',
      `the vendor keeps at most ${policy.max} unexpired secrets: wait until one has expired, or choose grace 0`,
    )
  }
  return {
    activeFrom: policy.activates === 'immediately' ? now : now + grace,
    retiring,
    notAfter: notAfterOf(now, grace, provider),
  }
}

/** The secrets that the vendor still counts. */
export function unexpired(ring: Keyring, provider: AnyProvider, now: number): readonly Key[] {
  return ring.keys.filter((key) => stateOf(key, now) !== 'revoked' && vendorEnd(key, provider) > now)
}

function turnAtOnce(ring: Keyring, policy: PolicyOf<'swap'>, options: RotateOptions, now: number): Turn {
  const grace = graceOf(options, policy.defaultGraceMs)
  return { activeFrom: now, retiring: activeKeys(ring, now), notAfter: now + grace }
}

export function activeKeys(ring: Keyring, now: number): readonly Key[] {
  return ring.keys.filter((key) => stateOf(key, now) === 'active')
}

function graceOf(options: { graceMs?: number | undefined }, fallback: number): number {
  const grace = options.graceMs ?? fallback
  if (!Number.isFinite(grace) || grace < 0) throw graceNotAllowed('milliseconds, 0 or more')
  return grace
}

function graceNotAllowed(allowed: string): CountersignError {
  return new CountersignError('grace-not-allowed', `graceMs must be ${allowed}`)
}
