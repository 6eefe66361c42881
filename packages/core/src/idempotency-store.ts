/** What a store says to a claim. */
export type Claim =
  /**
   * The delivery is the caller's to handle, for as long as its lease lasts. `token` is different for each claim. `attempt`
   * counts the claims of this key, this one included: those that failed, and those whose lease ran out. A store that does
   * not count leaves it out.
   */
  | {
      /** It is the caller's. */
      readonly state: 'claimed'
      /** Fences the claim: `extend`, `complete` and `release` take it. */
      readonly token: string
      /** 1 for the first. */
      readonly attempt?: number | undefined
    }
  /** Another holds the lease, for so many milliseconds more unless it extends it. */
  | {
      /** It is another's. */
      readonly state: 'in-progress'
      /** How long that lease still runs, in milliseconds. */
      readonly retryAfterMs: number
    }
  /** It was handled, within the time that was asked for with `complete`. */
  | {
      /** There is nothing left to do. */
      readonly state: 'done'
    }

/**
 * Remembers which deliveries were handled and which are being handled.
 *
 * A claim is exclusive: of any number at the same time, one gets it. It holds until its lease runs out, is completed or
 * released. Its token fences: once another has claimed the key, `extend`, `complete` and `release` with the older token
 * resolve to false and change nothing, as they do once the claim is completed or released. A lease that has run out is
 * lost when another claims it, not before.
 *
 * Each method rejects when the store is down. A failure is an exception, never "new".
 */
export interface IdempotencyStore {
  /** Asks to handle the delivery of this key. The claim holds for `leaseMs` milliseconds, unless it is extended. */
  claim(key: string, leaseMs: number): Promise<Claim>
  /** Makes the lease end `leaseMs` from now. */
  extend(key: string, token: string, leaseMs: number): Promise<boolean>
  /** Handled: further claims are told `done`, for `keepMs`. */
  complete(key: string, token: string, keepMs: number): Promise<boolean>
  /** Not handled: the next claim gets it at once. */
  release(key: string, token: string): Promise<boolean>
}
