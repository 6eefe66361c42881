import type { ErrorCode } from './errors.js'
import type { Key, KeyState } from './key.js'
import type { Ring } from './keys-input.js'
import type { Rejected, RejectReason, Verdict } from './verdict.js'

/** What a verifier tells about one delivery: never a secret, a MAC or a body. */
export interface Observation {
  /** The provider's `id`. */
  readonly provider: string
  /** Whose delivery it was, as the caller said; undefined where nobody said so. */
  readonly tenant?: string | undefined
  /** `failed` is told by receivers only: there is no verdict, since something on their side failed. */
  readonly outcome: 'accepted' | 'rejected' | 'failed'
  /** Why it was rejected; undefined if it was not. */
  readonly reason?: RejectReason | undefined
  /** The key that matched: one that was accepted, or one that has ended and is why the delivery was refused. */
  readonly keyId?: string | undefined
  /** The state in which that key was then. */
  readonly keyState?: KeyState | undefined
  /** Length of the body in bytes; 0 where it was not read, or was over the cap. */
  readonly bodyBytes: number
  /** Milliseconds that verification took, reading the body included. */
  readonly durationMs: number
  /** What the operator should know about the key that matched. */
  readonly note?: ObservationNote | undefined
}

/** What an operator should look into. A key that matched while it was not active, or one that is weak. */
export type ObservationNote =
  /** The vendor signs with a key that was only staged: promote it. */
  | 'staged-key-matched'
  /** The vendor still needs a key that is on its way out: do not remove it yet. */
  | 'retiring-key-matched'
  /** Refused, since the vendor still signs with a key that has expired or was revoked: it was removed too early, or the vendor has not switched. */
  | 'expired-key-matched'
  /** The same, of a key that was revoked. */
  | 'revoked-key-matched'
  /** Another slot's key is stale: mend it before this slot is rotated. */
  | 'slot-mismatch'
  /** The key is shorter than 112 bits, the least that NIST SP 800-131A allows for HMAC. */
  | 'weak-secret'

/** What verification leaves behind: for the observers, and for what it is called when something throws that is not ours. */
export interface Trace {
  readonly provider: string
  readonly tenant: string | undefined
  code: ErrorCode
  bodyBytes: number
  keyId?: string
  keyState?: KeyState
  note?: ObservationNote
}

/** Told of one delivery. */
export type Observe = (observation: Observation) => void

/**
 * What tells of a delivery, once there is a verdict, and hands that on; first to who asked about it alone, and needs that
 * whatever becomes of the other. What they throw is ignored, also later: telling must not cost a delivery, and nobody else
 * would be there for an async function's rejection.
 */
export function teller(trace: Trace, observers: readonly (Observe | undefined)[]): (verdict: Verdict) => Verdict {
  const began = performance.now()
  return (verdict) => {
    const { code: _, ...seen } = trace
    const outcome = verdict.ok ? 'accepted' : 'rejected'
    const durationMs = performance.now() - began
    for (const observe of observers) {
      const told = async () => observe?.({ ...seen, reason: (verdict as Rejected).reason, outcome, durationMs })
      told().catch(() => {})
    }
    return verdict
  }
}

/** Notes the key that matched, and what is to be known about it; gives its state. */
export function traceKey(trace: Partial<Trace>, ring: Ring, key: Key, now: number): KeyState {
  const state = ring.stateOf?.(key, now) ?? 'active'
  trace.keyId = key.id
  trace.keyState = state
  if (state !== 'active') trace.note = `${state}-key-matched`
  else if (key.secret.byteLength < 14) trace.note = 'weak-secret'
  return state
}
