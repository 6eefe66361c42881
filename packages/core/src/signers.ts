import { CountersignError } from './errors.js'
import { vendorEnd } from './grace.js'
import { type Key, stateOf } from './key.js'
import type { Ring } from './keys-input.js'
import type { AnyProvider } from './provider.js'

/**
 * The keys that the vendor signs with at a moment, oldest first, by its own policy.
 *
 * @throws CountersignError `no-usable-key`, or `ambiguous-signer` where nothing tells which of several keys is the new one.
 */
export function signersOf(ring: Ring, provider: AnyProvider, now: number): readonly Key[] {
  const signers = candidatesFor(ring, provider, now)
  if (signers.length === 0) {
    throw new CountersignError('no-usable-key', `no key of the ring signs at ${now}: none is active`)
  }
  return signers
}

function candidatesFor(ring: Ring, provider: AnyProvider, now: number): readonly Key[] {
  const live = byAge(ring.keys.filter((key) => isStarted(key, now) && isSigning(key, provider, now)))
  const active = live.filter((key) => stateOf(key, now) === 'active')
  switch (provider.rotation.kind) {
    case 'expiring':
      return live
    case 'overlap':
      return [...live.filter((key) => stateOf(key, now) === 'retiring'), ...newest(active)]
    case 'swap':
      return newest(active)
    case 'slots':
      return provider.rotation.slots.flatMap((slot) => newest(active.filter((key) => key.slot === slot)))
  }
}

function isStarted(key: Key, now: number): boolean {
  return key.activeFrom === undefined || key.activeFrom <= now
}

/** Within the vendor's own grace: the receiver's key lives longer, for deliveries under way. */
function isSigning(key: Key, provider: AnyProvider, now: number): boolean {
  const state = stateOf(key, now)
  return state === 'active' || (state === 'retiring' && now < vendorEnd(key, provider))
}

function byAge(keys: readonly Key[]): Key[] {
  return [...keys].sort((one, other) => beginOf(one) - beginOf(other) || 0)
}

function beginOf(key: Key): number {
  return key.activeFrom ?? Number.MIN_SAFE_INTEGER
}

function newest(keys: readonly Key[]): Key[] {
  const last = keys.at(-1)
  if (last === undefined) return []
  const rivals = keys.filter((key) => beginOf(key) === beginOf(last))
  if (rivals.length > 1) {
    throw new CountersignError(
      'ambiguous-signer',
      `which of ${rivals.map((key) => `'${key.id}'`).join(', ')} signs? Give a keyring in which activeFrom tells, or one secret`,
    )
  }
  return [last]
}
