import type { Verdict } from '@countersign/core'
import type { Finding } from '@countersign/core/explain'

/** What became of one request. */
export interface ListenEvent {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly target: string
  readonly bodyBytes: number
  /** What was answered. */
  readonly status: number
  /** Undefined where it was not asked for: no POST, another path, a body over the cap, or nothing to verify with. */
  readonly verdict?: Verdict | undefined
  /** Why there is no verdict, or no better status. */
  readonly problem?: string | undefined
  /** Why it was refused, the most likely first. */
  readonly findings: readonly Finding[]
  readonly savedAs?: string | undefined
}
