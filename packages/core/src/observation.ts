import type { Key, KeyState } from './key.js'
import type { Accepted, Rejected, RejectReason, Verdict } from './verdict.js'

/** What a verifier tells about one delivery: never a secret, a MAC or a body. */
export interface Observation {
  readonly provider: string
  readonly tenant?: string | undefined
  readonly outcome: 'accepted' | 'rejected'
  readonly reason?: RejectReason | undefined
  readonly keyId?: string | undefined
  readonly keyState?: KeyState | undefined
  readonly bodyBytes: number
  /** Milliseconds that verification took, reading the body included. */
  readonly durationMs: number
  /** What the operator should know about the key that matched. */
  readonly note?: ObservationNote | undefined
}

export type ObservationNote =
  /** The vendor signs with a key that was only staged: promote it. */
  | 'staged-key-matched'
  /** The vendor still needs a key that is on its way out: do not remove it yet. */
  | 'retiring-key-matched'
  /** Another slot's key is stale: mend it before this slot is rotated. */
  | 'slot-mismatch'
  /** The key is shorter than 112 bits, the least that NIST SP 800-131A allows for HMAC. */
  | 'weak-secret'

/** What verification leaves behind for the observer. */
export interface Trace {
  bodyBytes?: number
  keyId?: string
  note?: ObservationNote | undefined
}

/**
 * Verifies, and tells an observer. What that throws is ignored: telling must not cost a delivery.
 */
export async function observed(
  observe: (observation: Observation) => void,
  provider: string,
  tenant: string | undefined,
  verify: (trace: Trace) => Promise<Verdict>,
): Promise<Verdict> {
  const began = performance.now()
  const trace = { bodyBytes: 0 }
  const verdict = await verify(trace)
  try {
    const { ok, reason, keyState } = verdict as Pick<Verdict, 'ok'> &
      Partial<Pick<Rejected, 'reason'> & Pick<Accepted, 'keyState'>>
    const outcome = ok ? 'accepted' : 'rejected'
    observe({ provider, tenant, outcome, reason, keyState, ...trace, durationMs: performance.now() - began })
  } catch {}
  return verdict
}

export function noteOf({ secret }: Key, state: KeyState): ObservationNote | undefined {
  if (state === 'staged' || state === 'retiring') return `${state}-key-matched`
  return secret.byteLength < 14 ? 'weak-secret' : undefined
}
