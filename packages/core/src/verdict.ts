import { CountersignError } from './errors.js'
import type { KeyState } from './key.js'

/**
 * Why a delivery was refused, for the log and never for the answer. A fault of ours is no reason, but a
 * `CountersignError`. The README of the repository has a table of what each means.
 */
export type RejectReason =
  | 'missing-signature'
  | 'malformed-signature'
  | 'ambiguous-signature'
  | 'no-matching-key'
  | 'key-expired'
  | 'key-revoked'
  | 'timestamp-missing'
  | 'timestamp-malformed'
  | 'too-old'
  | 'too-new'
  | 'body-too-large'
  | 'unknown-tenant'
  | 'invalid-payload'

/** The sender knows a usable key, and (where `assurance` is 'body-mac') this very body was signed with it. */
export interface Accepted<Event = unknown> {
  /** Tells it from a `Rejected`. */
  readonly ok: true
  /** The provider's `id`. */
  readonly provider: string
  /** The key that matched: of several, the newest. */
  readonly keyId: string
  /** What that key was then: `staged` means that the vendor has switched, `retiring` that it has not, or not wholly. */
  readonly keyState: KeyState
  /** 'body-mac': the body is under the MAC. 'shared-token': only the sender's knowledge of a secret was shown. */
  readonly assurance: 'body-mac' | 'shared-token'
  /** Milliseconds since the epoch; only where it is under the MAC. */
  readonly timestamp?: number | undefined
  /** Only where it is under the MAC. */
  readonly deliveryId?: string | undefined
  /** The verified bytes: the memory that was passed in, where that was not copied. Do not write to it. */
  readonly body: Uint8Array
  /**
   * With a schema: what it made of the body. Without: the body's JSON, parsed when first asked for, or undefined where it
   * is no JSON.
   */
  readonly event: Event
  /** The body as UTF-8 text; bytes that are none become U+FFFD. */
  text(): string
  /** The body's JSON. @throws CountersignError `payload-not-json`. */
  json(): unknown
}

/** The delivery is not to be handled. `statusOf` has the status to answer with. */
export interface Rejected {
  /** Tells it from an `Accepted`. With a polluted prototype, the worst that it can do is to refuse all. */
  readonly ok: false
  /** Why, in one of few words. */
  readonly reason: RejectReason
  /** For logs: no secret, no MAC, no body. */
  readonly detail: string
  /** True for `invalid-payload` only: the signature was good. */
  readonly authenticated: boolean
}

/** What may stand where a refusal could. */
export interface NotRejected {
  readonly ok?: undefined
}

/** What a verifier says of a delivery: `ok` tells which it is. */
export type Verdict<Event = unknown> = Accepted<Event> | Rejected

export function reject(reason: RejectReason, detail: string): Rejected {
  return { reason, detail, ok: false, authenticated: reason === 'invalid-payload' }
}

/** The HTTP status that a refusal is answered with: 413 for `body-too-large`, 400 for `invalid-payload`, else 401. */
export function statusOf({ reason }: Rejected): number {
  if (reason === 'body-too-large') return 413
  return reason === 'invalid-payload' ? 400 : 401
}

/**
 * The accepted delivery, or an exception: for code that prefers those.
 *
 * @throws CountersignError `delivery-rejected`, with the verdict as its `cause`.
 */
export function unwrap<Event>(verdict: Verdict<Event>): Accepted<Event> {
  if (verdict.ok) return verdict
  throw new CountersignError('delivery-rejected', `${verdict.reason}: ${verdict.detail}`, { cause: verdict })
}
