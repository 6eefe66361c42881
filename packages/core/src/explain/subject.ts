import { engine } from '#mac'
import { bodyBytes } from '../body.js'
import type { Claimed } from '../claim.js'
import type { Part } from '../mac.js'
import { createPlan, type Plan } from '../plan.js'
import { type Prepared, prepare } from '../prepare.js'
import type { AnyProvider } from '../provider.js'
import type { SignedMessage } from '../scheme.js'
import type { Rejected } from '../verdict.js'
import type { Delivery } from '../verifier.js'
import { type HeaderEntry, headerEntries } from './header-entries.js'
import { readStamp } from './readings/stamp-readings.js'

/** A delivery that is looked at, with what the provider's scheme reads from it. */
export interface Subject {
  readonly plan: Plan
  readonly entries: readonly HeaderEntry[]
  readonly body: Uint8Array
  /** What a verifier reads, or why it cannot. */
  readonly prepared: Prepared | Rejected
  /** What the provider's `signed` was given; undefined where the headers do not allow it. */
  readonly message: SignedMessage | undefined
}

/** @throws CountersignError `body-not-bytes`. */
export function readSubject(provider: AnyProvider, delivery: Delivery): Subject {
  const plan = createPlan(provider)
  // Copied: explaining waits between its readings, and the caller may write to the buffer meanwhile (law 3).
  const body = bodyBytes(delivery.body, true)
  const entries = headerEntries(delivery.headers, headerNames(plan))
  let message: SignedMessage | undefined
  const told = (given: SignedMessage) => {
    message = given
    return plan.signed?.(given) ?? []
  }
  const headers: Record<string, string> = Object.create(null)
  for (const { name, value } of entries) headers[name] = value
  const { url, method } = delivery
  const prepared = prepare(plan.signed ? { ...plan, signed: told } : plan, { headers, url, method }, body)
  return { plan, entries, body, prepared, message }
}

/**
 * The signatures that a verifier would find in a header of that value. What else the delivery lacks, its id or a stamp in a
 * header of its own, is another matter; so is the unit of a stamp beside them.
 */
export function candidatesIn({ plan, body }: Subject, name: string, value: string): readonly string[] {
  const { fields, encoding, hash, length, timestamp } = plan
  const isBeside = timestamp !== undefined && timestamp.header === undefined
  const stamp = isBeside && { timestamp: { unit: 'auto', parse: (text: string) => readStamp(text)?.at } as const }
  const signature: Plan = { fields, encoding, length, ...(hash && { hash }), ...stamp }
  const prepared = prepare(signature, { headers: { [name]: value } }, body)
  return candidatesOf(prepared).map(({ text, at }) => text.slice(at))
}

/** All signatures that a verifier finds; none where it refuses. */
export function candidatesOf(prepared: Prepared | Rejected): readonly Claimed[] {
  const candidates: Claimed[] = []
  // Of a refusal nothing is read that it has not: an object may inherit anything.
  let one = prepared.ok === false ? undefined : prepared.next
  for (; one; one = one.next) candidates.push(one)
  return candidates
}

/** The headers that the scheme reads. */
export function headerNames({ fields, timestamp, id }: Plan): readonly string[] {
  return [...fields.map(({ header }) => header), timestamp?.header, id?.header].filter((name) => name !== undefined)
}

/** What the provider signs for a message; undefined where it cannot. */
export function signedParts({ signed }: Plan, message: SignedMessage): readonly Part[] | undefined {
  try {
    return signed?.(message)
  } catch {
    return undefined
  }
}

/**
 * Whether two texts are the same, in constant time where the engine can: one of them is derived from a secret (law 5). Both
 * ways, since either may hold any characters, and an engine allows that of its second argument alone. A lone surrogate may
 * count as U+FFFD.
 */
export function sameText(one: string, other: string): boolean {
  const isOne = engine.equal(one, other)
  return engine.equal(other, one) && isOne
}
