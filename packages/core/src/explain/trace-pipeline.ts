import { concatenate } from '../bytes.js'
import { stateOf } from '../key.js'
import { type KeysInput, type Ring, toRing } from '../keys-input.js'
import type { Provider } from '../provider.js'
import type { Rejected, RejectReason, Verdict } from '../verdict.js'
import { createVerifier, type Delivery } from '../verifier.js'
import type { ExplainOptions } from './explain.js'
import { listedHeaders } from './listed-headers.js'
import { bytesOf, contentName } from './readings/content-readings.js'
import { receivedShape } from './shape.js'
import { candidatesOf, headerNames, readSubject, type Subject, signedParts } from './subject.js'

/** What one step of verification saw. It holds no secret and no MAC. */
export interface Step {
  /** The caps, the headers, the keys that are usable, the MAC, and then the stamp and the payload. */
  readonly name: 'cap' | 'extract' | 'keys' | 'mac' | 'freshness'
  /** 'not reached': an earlier step failed. */
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** What it met, in a sentence; empty where it was not reached. */
  readonly detail: string
}

/** A verification, taken apart. */
export interface PipelineTrace {
  /** In their order (law 6). */
  readonly steps: readonly Step[]
  /** The bytes that are hashed; undefined in token mode, and where the headers cannot be read. */
  readonly signedContent: (() => Uint8Array) | undefined
}

/** The step at which each refusal is made. */
const FAILS_AT: Readonly<Record<RejectReason, Step['name']>> = {
  'body-too-large': 'cap',
  'missing-signature': 'extract',
  'malformed-signature': 'extract',
  'ambiguous-signature': 'extract',
  'timestamp-missing': 'extract',
  'timestamp-malformed': 'extract',
  'unknown-tenant': 'keys',
  'no-matching-key': 'mac',
  'key-expired': 'mac',
  'key-revoked': 'mac',
  'too-old': 'freshness',
  'too-new': 'freshness',
  'invalid-payload': 'freshness',
}

const NAMES: readonly Step['name'][] = ['cap', 'extract', 'keys', 'mac', 'freshness']

/**
 * Verifies a delivery and tells step by step what was seen, for people who look for a fault.
 *
 * @throws CountersignError as a verifier does, but for `no-usable-key`, which is a step that failed.
 */
export async function tracePipeline<Event, Slot extends string>(
  provider: Provider<Event, Slot>,
  keys: KeysInput<Slot>,
  delivery: Delivery,
  options: ExplainOptions = {},
): Promise<PipelineTrace> {
  const { now = Date.now(), toleranceSeconds, maxBodyBytes = 1_048_576 } = options
  const asked = { ...delivery, headers: listedHeaders(delivery.headers) }
  const verifier = createVerifier(provider, { keys, now: () => now, toleranceSeconds, maxBodyBytes })
  const verdict = await verifier.verify(asked).catch((error) => {
    if (error.code === 'no-usable-key') return undefined
    throw error
  })
  const subject = readSubject(provider, asked)
  const ring = toRing(keys, provider)
  const failed = failedStep(verdict)
  const details = detailsOf(subject, verdict, maxBodyBytes, keysDetail(ring, now))
  const end = failed === undefined ? NAMES.length : NAMES.indexOf(failed)
  const steps = NAMES.map((name, index): Step => {
    const outcome = index < end ? 'passed' : index === end ? 'failed' : 'not reached'
    const detail = outcome === 'failed' ? failureOf(verdict, details[name]) : details[name]
    return { name, outcome, detail: outcome === 'not reached' ? '' : detail }
  })
  return { steps, signedContent: contentOf(subject) }
}

function failedStep(verdict: Verdict | undefined): Step['name'] | undefined {
  if (verdict === undefined) return 'keys'
  return verdict.ok ? undefined : FAILS_AT[verdict.reason]
}

function failureOf(verdict: Verdict | undefined, seen: string): string {
  if (verdict === undefined) return `no key can be used: ${seen}`
  const { reason, detail } = verdict as Rejected
  return `${reason}: ${detail} (${seen})`
}

function detailsOf(
  subject: Subject,
  verdict: Verdict | undefined,
  maxBodyBytes: number,
  keys: string,
): Readonly<Record<Step['name'], string>> {
  const { plan, body, entries, message, prepared } = subject
  const content = contentName(plan)
  const count = candidatesOf(prepared).length
  const mac =
    plan.hash === undefined ? 'the token' : `HMAC-${plan.hash.toUpperCase()} over ${content}, ${plan.encoding}`
  return {
    cap: `${body.length} bytes, at most ${maxBodyBytes}`,
    extract:
      receivedShape(entries, headerNames(plan), plan.hash !== undefined) + (count > 1 ? `; ${count} candidates` : ''),
    keys,
    mac: verdict?.ok ? `${mac}: key '${verdict.keyId}' (${verdict.keyState}) fits` : mac,
    freshness: freshnessDetail(plan.timestamp === undefined, message?.timestamp),
  }
}

function keysDetail(ring: Ring, now: number): string {
  return ring.keys.map((key) => `'${key.id}' ${stateOf(key, now)}`).join(', ')
}

/** A stamp is a sender's text, and a provider's own `parse` may take more than digits and dates for one. */
function freshnessDetail(isUnstamped: boolean, stamp = ''): string {
  if (isUnstamped) return 'this provider signs no timestamp'
  return /^[\w:.+, -]{0,64}$/.test(stamp) ? `timestamp ${stamp}` : `a timestamp of ${stamp.length} characters`
}

function contentOf({ message, plan }: Subject): (() => Uint8Array) | undefined {
  const parts = message && signedParts(plan, message)
  if (parts === undefined) return undefined
  const content = concatenate(parts.map(bytesOf))
  return () => content.slice()
}
