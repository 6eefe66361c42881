import type { Observation } from '@countersign/core'

/** What became of a delivery that was accepted. */
export type Handling =
  /** The handler ran to its end. 200. */
  | 'handled'
  /** It was handled before, perhaps while this one waited. 200. */
  | 'duplicate'
  /** It is being handled right now. 409. */
  | 'in-progress'
  /** The handler, or `onDeadLetter`, threw. 500. */
  | 'failed'
  /** It was given up after `maxAttempts`. 200. */
  | 'dead-letter'
  /** It was handled, but the store did not take the completion: it may run again. 503. */
  | 'not-recorded'
  /** It could not be claimed, and was not handled. 503. */
  | 'store-down'

/** What a receiver tells about one delivery: never a secret, a MAC or a body. */
export interface ReceiverObservation extends Observation {
  /** Empty where no route was found. */
  readonly provider: string
  /** The HTTP status of the answer. */
  readonly status: number
  /** Of a refusal: more than the reason, for the log. No secret, no MAC, no body. */
  readonly detail?: string | undefined
  /** Milliseconds from the request to its answer: reading, verifying, waiting and handling. */
  readonly durationMs: number
  /** Only of accepted deliveries. */
  readonly handling?: Handling | undefined
  /** Under which it was claimed, or would have been; only of accepted deliveries. */
  readonly idempotencyKey?: string | undefined
  /** Which attempt at handling it this was, 1 for the first; undefined where there was none. */
  readonly attempt?: number | undefined
  /** The code of what failed on this side, such as `key-source-failed`; the error itself goes to `onError`. */
  readonly error?: string | undefined
}
