import type { Secret } from './secret.js'

/** One secret and its dates. It is frozen: functions on rings make new ones. */
export interface Key {
  /** Never derived from the secret, never reused within a ring. */
  readonly id: string
  /** What it makes MACs with; in token mode, what the header has to say. */
  readonly secret: Secret
  /** Where a provider has slots (AgilePoint): the one whose signature this key checks. */
  readonly slot?: string | undefined
  /** Before it, the key verifies and does not sign. Milliseconds since the epoch, like all four. */
  readonly activeFrom?: number | undefined
  /** From then on the key is on its way out: it verifies still. */
  readonly retireFrom?: number | undefined
  /** From then on the key verifies nothing. */
  readonly notAfter?: number | undefined
  /** From then on the key verifies nothing, whatever the other dates say. */
  readonly revokedAt?: number | undefined
}

/**
 * What a key is at a moment, by its dates. All but revoked and expired ones verify; an active one signs, and so does a
 * retiring one where the vendor signs with both.
 */
export type KeyState = 'revoked' | 'expired' | 'retiring' | 'staged' | 'active'

export const DATES = ['activeFrom', 'retireFrom', 'notAfter', 'revokedAt'] as const

/** The greatest instant of a JavaScript date: the `activeFrom` of a key that waits to be promoted. */
export const UNTIL_PROMOTED = 8.64e15

/**
 * A key's state at a moment (milliseconds since the epoch). The first that holds, over half-open intervals: revoked,
 * expired (`notAfter <= now`), retiring (`retireFrom <= now`), staged (`now < activeFrom`), active.
 */
export function stateOf(key: Key, now: number): KeyState {
  // A date that is missing compares as false: it never comes.
  const { revokedAt, notAfter, retireFrom, activeFrom } = key as unknown as Record<(typeof DATES)[number], number>
  if (revokedAt <= now) return 'revoked'
  if (notAfter <= now) return 'expired'
  if (retireFrom <= now) return 'retiring'
  return now < activeFrom ? 'staged' : 'active'
}

/** When the key leaves the state that it has now; undefined if it never does. Its dates are its only numbers. */
export function stateEnds(key: Key, now: number): number | undefined {
  const isEnd = (date: unknown) =>
    typeof date === 'number' && date > now && date < UNTIL_PROMOTED && stateOf(key, date) !== stateOf(key, now)
  return Object.values(key)
    .filter(isEnd)
    .sort((a, b) => a - b)[0]
}
