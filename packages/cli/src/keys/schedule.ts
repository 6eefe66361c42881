import { type AnyProvider, type Keyring, nextRotation } from '@countersign/core'
import type { Colors } from '../terminal.js'
import { relative, when } from './when.js'

/** When the next rotation of a ring is. */
export interface DueRotation {
  readonly provider: string
  readonly slot: string | undefined
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Whether the vendor's rules have a period; else it is the earliest moment at which they allow one. */
  readonly isPeriodic: boolean
  readonly isOverdue: boolean
}

export function dueRotation(ring: Keyring, provider: AnyProvider, now: number): DueRotation {
  const { slot, at } = nextRotation(ring, provider, now)
  return { provider: provider.id, slot, at, isPeriodic: provider.rotation.kind === 'slots', isOverdue: at < now }
}

/** As a sentence. */
export function dueText({ slot, at, isPeriodic, isOverdue }: DueRotation, now: number, colors: Colors): string {
  const what = slot === undefined ? '' : `: slot ${slot}`
  if (isOverdue) return colors.red(`overdue for ${relative(at, now).replace(/ ago$/, '')}${what}`)
  if (at > now) return `${isPeriodic ? 'rotation due' : 'may be rotated again'} ${when(at, now)}${what}`
  return isPeriodic ? `rotation due now${what}; no turn of either slot has a date` : 'may be rotated at any time'
}
