import { CountersignError, createVerifier, type KeySource, type Observation, type Verdict } from '@countersign/core'
import { bytesText, sha256 } from './bytes.js'
import type { Delivery, KeyData } from './delivery.js'
import { ringOf } from './keys.js'
import { liveOf } from './live.js'
import { receiverAnswers } from './receiver-answer.js'
import { VENDORS } from './vendors.js'

/** A verdict, or the code of an error, as text of which every character counts. */
export interface Judged {
  readonly outcome: string
  readonly record: string
}

/** Asks a verifier, and writes down all that it says. */
export async function judge(delivery: Delivery): Promise<Judged> {
  const observations: Observation[] = []
  // By a verifier of its own: what one has seen, such as when it last looked at the other slot, is not for the other.
  let received: Awaited<ReturnType<typeof receiverAnswers>>
  try {
    received = await receiverAnswers(delivery, verifierOf(delivery, []))
    const verdict = await verifierOf(delivery, observations).verify(await liveOf(delivery), { tenant: delivery.tenant })
    const fields = verdict.ok ? await acceptedFields(verdict) : verdict
    const record = { ...fields, observed: observations.map(({ durationMs: _, ...observation }) => observation) }
    return { outcome: verdict.ok ? 'accepted' : verdict.reason, record: JSON.stringify({ ...record, received }) }
  } catch (error) {
    // The message differs on purpose: only Node's build says what to do about it.
    const outcome = error instanceof CountersignError ? error.code : `an error that is not ours: ${String(error)}`
    return { outcome, record: JSON.stringify({ threw: outcome, observed: observations.length, received }) }
  }
}

function verifierOf(delivery: Delivery, observations: Observation[]) {
  const { provider: id, options, now, toleranceSeconds, maxBodyBytes, schema } = delivery
  const vendor = VENDORS[id]
  return createVerifier(vendor.provider(options as never), {
    ...{ keys: keysOf(delivery), now: () => now, toleranceSeconds, maxBodyBytes },
    schema: schema === undefined ? undefined : vendor.schemas[schema],
    observe: delivery.observed ? (observation) => void observations.push(observation) : undefined,
  })
}

function keysOf({ keys, keysAs, tenant }: Delivery) {
  if (keysAs === 'plain') return plainKeys(keys)
  const ring = ringOf(keys)
  const source: KeySource<string> = async () => (tenant === 'unknown' ? undefined : ring)
  return keysAs === 'source' ? source : ring
}

function plainKeys(keys: readonly KeyData[]) {
  if (keys.every(({ slot }) => slot !== undefined)) {
    return Object.fromEntries(keys.map(({ slot, secret }) => [slot, secret]))
  }
  const secrets = keys.map(({ secret }) => secret)
  return secrets.length === 1 ? secrets[0] : secrets
}

async function acceptedFields(verdict: Extract<Verdict, { ok: true }>) {
  const { ok, provider, keyId, keyState, assurance, timestamp, deliveryId, body } = verdict
  return {
    ...{ ok, provider, keyId, keyState, assurance, timestamp, deliveryId },
    body: await bytesText(body),
    text: await shortened(verdict.text()),
    event: await shortened(JSON.stringify(verdict.event) ?? 'undefined'),
    json: jsonCode(verdict),
  }
}

function jsonCode(verdict: Extract<Verdict, { ok: true }>): string {
  try {
    return typeof verdict.json()
  } catch (error) {
    return (error as CountersignError).code
  }
}

/** Long text as its beginning and its digest, which stand for all of it. */
async function shortened(text: string): Promise<string> {
  if (text.length <= 120) return text
  return `${text.slice(0, 80)}... (${text.length} characters, SHA-256 ${await sha256(text)})`
}
