import { type Delivery, type DeliveryKind, isSentTwice } from './delivery.js'
import type { Expectation, VerifyingState } from './oracle.js'
import type { LogEntry } from './receiver.js'

/**
 * What an answer turned out to be. `wronglyNamed`: the right decision by a wrong reason, key, key state or status.
 * `wronglyHandled`: accepted, and handled not at all or twice; or refused, and handled.
 */
export type Judgement = 'right' | 'lost' | Wrong
type Wrong = 'wronglyAccepted' | 'wronglyRefused' | 'wronglyNamed' | 'wronglyHandled'

/** What the receiver knows of a delivery: its log, and how often it was handled. */
export interface Got {
  readonly entry: LogEntry | undefined
  readonly handled: number
}

/** A wrong answer, told in full. */
export interface Fault {
  readonly judgement: Judgement
  readonly delivery: Delivery
  readonly expected: string
  readonly got: string
}

/** `sent` is the sum of accepted, refused and lost. Wrong answers are among the accepted and refused as well. */
export interface Tally {
  sent: number
  readonly kinds: Record<DeliveryKind, number>
  readonly accepted: Record<VerifyingState, number>
  readonly refused: Record<string, number>
  lost: number
  wronglyAccepted: number
  wronglyRefused: number
  wronglyNamed: number
  wronglyHandled: number
  /** Good deliveries that came twice at the same time. */
  sentTwice: number
  /** The first few. */
  readonly faults: Fault[]
}

const FAULTS_KEPT = 5

export function createTally(): Tally {
  return {
    sent: 0,
    kinds: { good: 0, forged: 0, tampered: 0, replayed: 0, 'expired-key': 0, 'other-slot': 0 },
    accepted: { staged: 0, active: 0, retiring: 0 },
    refused: { 'no-matching-key': 0, 'key-expired': 0, 'too-old': 0 },
    lost: 0,
    wronglyAccepted: 0,
    wronglyRefused: 0,
    wronglyNamed: 0,
    wronglyHandled: 0,
    sentTwice: 0,
    faults: [],
  }
}

/** Counts one answer: the HTTP status, and what the receiver made of it. */
export function count(tally: Tally, delivery: Delivery, expected: Expectation, status: number, got: Got): Judgement {
  const judgement = judge(expected, status, got)
  tally.sent += 1
  tally.kinds[delivery.kind] += 1
  if (isSentTwice(delivery)) tally.sentTwice += 1
  if (got.entry?.accepted) tally.accepted[got.entry.state as VerifyingState] += 1
  else if (judgement !== 'lost') add(tally.refused, got.entry?.reason ?? 'no-answer-logged')
  if (judgement !== 'right') tally[judgement] += 1
  if (judgement !== 'right' && judgement !== 'lost' && tally.faults.length < FAULTS_KEPT) {
    tally.faults.push({ judgement, delivery, expected: inWords(expected), got: `${status} ${inWordsOf(got)}` })
  }
  return judgement
}

/** How many answers were wrong. */
export function wrongIn(tally: Pick<Tally, Wrong>): number {
  return tally.wronglyAccepted + tally.wronglyRefused + tally.wronglyNamed + tally.wronglyHandled
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}

/** The status is what the vendor sees, so it decides; the log must agree with it. */
function judge(expected: Expectation, status: number, { entry: got, handled }: Got): Judgement {
  const accepted = status >= 200 && status < 300
  if (accepted !== expected.accept) return expected.accept ? 'wronglyRefused' : 'wronglyAccepted'
  if (got === undefined || got.accepted !== accepted) return 'wronglyNamed'
  if (expected.accept) {
    const isNamed = got.accepted && got.state === expected.state && expected.keys.includes(got.key)
    if (!isNamed || status !== 200) return 'wronglyNamed'
    return handled === 1 ? 'right' : 'wronglyHandled'
  }
  if (handled > 0) return 'wronglyHandled'
  const isNamed = !got.accepted && got.reason === expected.reason && status === 401
  if (!isNamed) return 'wronglyNamed'
  return expected.lost ? 'lost' : 'right'
}

function inWords(expected: Expectation): string {
  if (!expected.accept) return `refused, ${expected.reason}`
  return `accepted by ${expected.keys.join(' or ')} (${expected.state ?? 'any'})`
}

function inWordsOf({ entry, handled }: Got): string {
  if (entry === undefined) return 'without a word'
  if (!entry.accepted) return `refused, ${entry.reason}`
  return `accepted by ${entry.key} (${entry.state})${handled === 1 ? '' : `, handled ${handled} times`}`
}
