import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import type { Provider } from '@countersign/core'
import { globalCommerce } from '@countersign/global-commerce'
import { insider } from '@countersign/insider'
import { orangeLogic } from '@countersign/orange-logic'
import { DAY, HOUR } from './durations.js'

/**
 * The vendor's rules as its documentation states them, written down once more: what the drill expects rests on these,
 * not on the code that it tests.
 */
export type Rules =
  /** One slot at a time, the other one left alone for the guard. */
  | { kind: 'slots'; slots: readonly [string, string]; guardMs: number; longestMs: number }
  /** What the vendor warns of: both slots in one go. */
  | { kind: 'slots-at-once'; slots: readonly [string, string] }
  /** Both keys sign for a while. */
  | { kind: 'overlap'; graceMs: number }
  /** The old secret lives on for a chosen while; at most so many unexpired ones. */
  | { kind: 'expiring'; max: number; gracesMs: readonly [number, ...number[]]; newSigns: 'after-grace' | 'immediately' }
  /** The vendor replaces the secret at once; the receiver stages the new one before and retires the old one after. */
  | { kind: 'swap'; gracesMs: readonly [number, ...number[]] }

/** One vendor in the drill. */
export interface DrillCase {
  readonly id: string
  readonly name: string
  /** The rule, in a line that has room for the name as well. */
  readonly story: string
  readonly provider: Provider<unknown, string>
  readonly rules: Rules
  /** Whether a stamp is under the signature, so that an old delivery can be told by its age. */
  readonly stamped: boolean
}

const SLOTS = ['primary', 'secondary'] as const
const SWAP_STORY = 'swapped in one go; staged before, promoted once seen in use'
const SWAP: Rules = { kind: 'swap', gracesMs: [HOUR, 6 * HOUR, DAY] }

/** AgilePoint publishes no header names; these are stand-ins. */
export const AGILEPOINT_HEADERS = { primary: 'X-AgilePoint-Primary', secondary: 'X-AgilePoint-Secondary' } as const

const agilePointProvider = agilePoint({ headers: AGILEPOINT_HEADERS })

/** The five vendors. */
export const CASES: readonly DrillCase[] = [
  {
    id: 'agilepoint',
    name: 'AgilePoint',
    story: 'two keys, rotated one at a time; the receiver learns late',
    provider: agilePointProvider,
    rules: { kind: 'slots', slots: SLOTS, guardMs: DAY, longestMs: 30 * DAY },
    stamped: false,
  },
  {
    id: 'orange-logic',
    name: 'Orange Logic',
    story: 'old and new sign for an hour; the receiver learns within it',
    provider: orangeLogic(),
    rules: { kind: 'overlap', graceMs: HOUR },
    stamped: false,
  },
  { id: 'insider', name: 'Insider', story: SWAP_STORY, provider: insider(), rules: SWAP, stamped: false },
  globalCommerceCase('after-grace'),
  { id: 'autify', name: 'Autify', story: SWAP_STORY, provider: autify(), rules: SWAP, stamped: false },
]

/** The vendor's pages disagree on when a new secret begins to sign; the later page is the default. */
export function globalCommerceCase(newSigns: 'after-grace' | 'immediately'): DrillCase {
  return {
    id: 'global-commerce',
    name: 'Global Commerce',
    story: 'old secrets expire within a day, or at once; learned late',
    provider: globalCommerce({ activates: newSigns }),
    rules: { kind: 'expiring', max: 5, gracesMs: [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR], newSigns },
    stamped: true,
  }
}

/** The rule broken by force: both AgilePoint slots at one moment. */
export const FORCED_CASE: DrillCase = {
  id: 'agilepoint-forced',
  name: 'Both at once',
  story: 'AgilePoint against its rule, by force; learned 6 h later',
  provider: agilePointProvider,
  rules: { kind: 'slots-at-once', slots: SLOTS },
  stamped: false,
}
