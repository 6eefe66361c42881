import type { KeyState } from '@countersign/core'

/** A stretch of a key's life at the receiver, end excluded. Milliseconds. */
export interface Stretch {
  readonly state: KeyState
  readonly from: number
  readonly until: number
}

export interface KeyHistory {
  readonly id: string
  readonly stretches: readonly Stretch[]
}
