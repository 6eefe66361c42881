import type { Delivery } from './delivery.js'
import { DAY, TOLERANCE } from './durations.js'
import { endOf, type KeyLife, type KeyLives } from './key-lives.js'

export type VerifyingState = 'staged' | 'active' | 'retiring'

/** How the receiver must answer one delivery. */
export type Expectation =
  | { readonly accept: true; readonly keys: readonly string[]; readonly state: VerifyingState | undefined }
  /** `lost`: a good delivery, which the rules leave no way to accept. */
  | { readonly accept: false; readonly reason: string; readonly lost: boolean }

/** Which one a delivery is accepted by, where several could. */
const PREFERENCE = ['staged', 'active', 'retiring'] as const

/** The keys that the vendor signs with at a moment. */
export function signersAt(lives: KeyLives, moment: number): readonly KeyLife[] {
  return [...lives.values()].filter((life) => life.signsFrom <= moment && moment < life.signsUntil)
}

/** What a key is to the receiver at a moment. */
function stateAt(life: KeyLife, moment: number): VerifyingState | 'unknown' | 'ended' {
  if (moment < life.knownFrom) return 'unknown'
  if (moment >= endOf(life)) return 'ended'
  if (life.end !== undefined && moment >= life.end.learnedAt) return 'retiring'
  return moment < life.activeFrom ? 'staged' : 'active'
}

/** The last moment at which a delivery is young enough. A stamp counts whole seconds, so its age does from there. */
export function latestArrival(signedAt: number, stamped: boolean): number {
  return (stamped ? Math.floor(signedAt / 1000) * 1000 : signedAt) + TOLERANCE
}

/**
 * The right answer, from the vendor's rules and the schedule alone. Core is not asked: it is what the drill examines.
 */
export function expectationOf(delivery: Delivery, lives: KeyLives, stamped: boolean): Expectation {
  const { arrivesAt } = delivery
  switch (delivery.kind) {
    case 'good':
      return expectGood(signersAt(lives, delivery.signedAt), arrivesAt)
    case 'forged':
    case 'tampered':
    case 'other-slot':
      return refusal('no-matching-key')
    case 'expired-key':
      return refusal(reasonFor([lives.get(delivery.key ?? '') as KeyLife], arrivesAt))
    case 'replayed': {
      const signers = signersAt(lives, delivery.signedAt)
      const isTooOld = stamped && signers.some((life) => isUsable(life, arrivesAt))
      return refusal(isTooOld ? 'too-old' : reasonFor(signers, arrivesAt))
    }
  }
}

function expectGood(signers: readonly KeyLife[], arrivesAt: number): Expectation {
  const state = PREFERENCE.find((wanted) => signers.some((life) => stateAt(life, arrivesAt) === wanted))
  const keys = signers.filter((life) => stateAt(life, arrivesAt) === state).map((life) => life.id)
  if (state === undefined && signers.every((life) => isCasualty(life, arrivesAt))) {
    return { accept: false, reason: reasonFor(signers, arrivesAt), lost: true }
  }
  // Whatever the schedule says: a good delivery that no sudden change excuses has to be accepted.
  return { accept: true, keys, state }
}

/** The receiver could not know the key yet, or had to drop it while the delivery was under way. */
function isCasualty(life: KeyLife, moment: number): boolean {
  const state = stateAt(life, moment)
  return state === 'unknown' ? life.beganSuddenly : state === 'ended' && life.endedSuddenly
}

export function isUsable(life: KeyLife, moment: number): boolean {
  const state = stateAt(life, moment)
  return state !== 'unknown' && state !== 'ended'
}

/** A key is remembered for a day after its end, if it is not pruned before, so that the refusal can name it. */
function reasonFor(signers: readonly KeyLife[], moment: number): string {
  const isRemembered = signers.some(
    (life) => stateAt(life, moment) === 'ended' && moment < life.forgottenAt && moment - (life.end?.at ?? 0) <= DAY,
  )
  return isRemembered ? 'key-expired' : 'no-matching-key'
}

function refusal(reason: string): Expectation {
  return { accept: false, reason, lost: false }
}
