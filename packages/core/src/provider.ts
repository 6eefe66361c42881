import { checkProvider } from './provider-check.js'
import type { RotationPolicy } from './rotation-policy.js'
import type { Scheme } from './scheme.js'
import { parseRfc3339 } from './timestamp.js'

/** A vendor as data: which headers mean what, which content is signed, by which rules keys rotate (law 8). */
export interface Provider<Event = unknown, Slot extends string = never> {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string
  /** The name of the vendor or its product, for people. */
  readonly title: string
  /** The vendor's page that the facts come from. */
  readonly docs: string
  /** How a delivery is signed. */
  readonly scheme: Scheme
  /** By which rules its secrets change. */
  readonly rotation: RotationPolicy
  /** Who makes the secrets, and of which form; `bytes` of randomness, 8 to 64. */
  readonly secrets?: {
    /** Who makes them: `rotate` makes one up unless only the vendor does. */
    issuedBy: 'vendor' | 'you' | 'either'
    /** How a generated secret is written. Default 'hex'. */
    alphabet?: 'hex' | 'alphanumeric' | 'base64'
    /** How many random bytes a generated secret is worth, 8 to 64. Default 32. */
    bytes?: number
  }
  /** How far a signed stamp may be off in either direction, in seconds. Default 300. */
  readonly toleranceSeconds?: number
  /** The slots' names, where each key belongs to one. */
  readonly slots?: readonly Slot[]
  /** Type only: what its deliveries carry. */
  readonly _event?: Event
}

/** A provider of whatever events and slots. */
export type AnyProvider = Provider<unknown, string>

/**
 * Checks a provider and freezes it.
 *
 * @throws CountersignError `provider-invalid`, naming the field and what it must be.
 */
export function defineProvider<Event = unknown, Slot extends string = never>(
  provider: Provider<Event, Slot>,
): Provider<Event, Slot> {
  checkProvider(provider)
  return Object.freeze({ ...provider, scheme: withStampParser(provider.scheme) })
}

/** A verifier does without what it does not need: how to read a date is given to the schemes that may have one. */
function withStampParser(scheme: Scheme): Scheme {
  if (scheme.kind !== 'hmac' || scheme.timestamp?.unit !== 'auto') return scheme
  return { ...scheme, timestamp: { parse: parseRfc3339, ...scheme.timestamp } }
}
