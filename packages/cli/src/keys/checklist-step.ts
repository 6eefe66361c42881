import type { AnyProvider, Keyring } from '@countersign/core'
import type { Uses } from './key-row.js'
import type { GivenArguments } from './printed-command.js'

/** A ring and what is known about it, at a moment. */
export interface Situation {
  readonly name: string
  readonly ring: Keyring
  readonly provider: AnyProvider
  readonly uses: Uses
  /** Milliseconds since the epoch. */
  readonly now: number
  /** What the commands that are printed are given. */
  readonly given: GivenArguments
}

/** One line of a vendor's checklist. */
export interface Step {
  readonly name: 'begin' | 'update' | 'test' | 'monitor' | 'retire'
  readonly state: 'done' | 'now' | 'later' | 'unknown'
  readonly says: readonly string[]
  /** To be copied into a POSIX shell. */
  readonly commands: readonly string[]
}
