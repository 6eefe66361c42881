import {
  type Accepted,
  CountersignError,
  type ErrorCode,
  type KeyState,
  type Rejected,
  type RejectReason,
  statusOf,
  type Verdict,
} from '@countersign/core'
import { type Change, judge, type Subject } from './subject.js'
import { SOLE_STATE } from './subject-keys.js'

/** What an accepted delivery must say. */
export interface Acceptance {
  readonly keyId: string
  readonly keyState: KeyState
  readonly assurance: Accepted['assurance']
}

/** @throws Error that tells what was expected from what was seen. */
export function fail(expected: string, seen: string): never {
  throw new Error(`expected ${expected}; saw ${seen}`)
}

/** @throws Error with both texts, unless the condition holds. */
export function expectThat(holds: boolean, expected: string, seen: string): asserts holds {
  if (!holds) fail(expected, seen)
}

/** Accepted, by that key, in that state, with that assurance. */
export async function expectAccepted(pending: Promise<Verdict>, expected: Acceptance): Promise<Accepted> {
  const wanted = `acceptance by ${acceptanceText(expected)}`
  const verdict = await settle(pending, wanted)
  if (!verdict.ok || acceptanceText(verdict) !== acceptanceText(expected)) fail(wanted, verdictText(verdict))
  return verdict
}

/** Refused, for one of the reasons if any are given, and in the form that a refusal has. */
export async function expectRefused(pending: Promise<Verdict>, ...reasons: readonly RejectReason[]): Promise<Rejected> {
  const wanted = `a refusal${reasons.length === 0 ? '' : ` as ${reasons.join(' or ')}`}`
  const verdict = await settle(pending, wanted)
  if (verdict.ok || (reasons.length > 0 && !reasons.includes(verdict.reason))) fail(wanted, verdictText(verdict))
  const status = statusFor(verdict.reason)
  expectThat(statusOf(verdict) === status, `${verdict.reason} to be answered ${status}`, String(statusOf(verdict)))
  const authenticated = verdict.reason === 'invalid-payload'
  expectThat(verdict.authenticated === authenticated, `authenticated: ${authenticated}`, String(verdict.authenticated))
  expectThat(verdict.detail !== '', 'a detail for the logs', 'none')
  return verdict
}

/** The subject, so changed, verifies as its vector says; a ring of the one key has no dates. */
export function expectVerified(subject: Subject, change: Change = {}): Promise<Accepted> {
  return expectAccepted(judge(subject, change), acceptanceOf(subject, change))
}

function acceptanceOf({ vector, scheme }: Subject, { ring }: Change): Acceptance {
  return {
    keyId: vector.keyId,
    keyState: ring === undefined ? vector.keyState : SOLE_STATE,
    assurance: assuranceOf(scheme.kind),
  }
}

/** What a verdict on such a scheme must say about the body. */
export function assuranceOf(kind: 'hmac' | 'token'): Accepted['assurance'] {
  return kind === 'hmac' ? 'body-mac' : 'shared-token'
}

/** The fault is the operator's: an error of ours, with that code. */
export async function expectThrown(attempt: () => unknown, code: ErrorCode): Promise<CountersignError> {
  try {
    await attempt()
  } catch (error) {
    if (error instanceof CountersignError && error.code === code) return error
    fail(`a CountersignError '${code}'`, errorText(error))
  }
  fail(`a CountersignError '${code}'`, 'no error')
}

/** Refused, or an error of ours where a framework did what no sender can; in no case an error without a code. */
export async function expectRefusedOrOurs(pending: Promise<Verdict>, reason: RejectReason): Promise<void> {
  const error: unknown = await pending.then(
    () => undefined,
    (thrown) => thrown,
  )
  if (error === undefined) await expectRefused(pending, reason)
  else expectThat(error instanceof CountersignError, `a refusal as ${reason}, or a CountersignError`, errorText(error))
}

async function settle(pending: Promise<Verdict>, wanted: string): Promise<Verdict> {
  try {
    return await pending
  } catch (error) {
    fail(wanted, `an exception, which no sender may cause: ${errorText(error)}`)
  }
}

function statusFor(reason: RejectReason): number {
  return reason === 'body-too-large' ? 413 : reason === 'invalid-payload' ? 400 : 401
}

function acceptanceText({ keyId, keyState, assurance }: Acceptance): string {
  return `key '${keyId}' (${keyState}) with assurance '${assurance}'`
}

/** A verdict for a message: what decides, and nothing of the delivery. */
export function verdictText(verdict: Verdict): string {
  return verdict.ok ? `acceptance by ${acceptanceText(verdict)}` : `a refusal as ${verdict.reason} (${verdict.detail})`
}

function errorText(error: unknown): string {
  if (error instanceof CountersignError) return `CountersignError '${error.code}': ${error.message}`
  return String(error)
}
