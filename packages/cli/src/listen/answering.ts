import { type AnyProvider, type Keyring, statusOf, type Verdict, type Verifier } from '@countersign/core'
import { explain } from '@countersign/core/explain'
import { messageOf } from '../failure.js'
import type { ReceivedRequest } from './delivery.js'
import type { ListenEvent } from './event.js'
import { forward } from './forward.js'

export interface Answering {
  readonly provider: AnyProvider
  readonly verifier: Verifier
  readonly keys: () => Promise<Keyring>
  readonly forwardTo?: URL | undefined
  readonly toleranceSeconds?: number | undefined
  readonly maxBodyBytes?: number | undefined
}

/** What a request is answered, and on which grounds. */
export type Answer = Pick<ListenEvent, 'status' | 'verdict' | 'problem'>

/** Has a delivery verified, and passed on where it is accepted and somebody wants it. */
export async function answerTo(request: ReceivedRequest, { verifier, forwardTo }: Answering): Promise<Answer> {
  let verdict: Verdict
  try {
    verdict = await verifier.verify(deliveryOf(request))
  } catch (error) {
    // Ours: the vendor is to send it again.
    return { status: 503, problem: messageOf(error) }
  }
  if (!verdict.ok) return { status: statusOf(verdict), verdict }
  if (forwardTo === undefined) return { status: 200, verdict }
  try {
    return { status: await forward(forwardTo, request), verdict }
  } catch (error) {
    return { status: 502, verdict, problem: `could not be passed on to ${forwardTo.origin}: ${messageOf(error)}` }
  }
}

const MOST_FINDINGS = 3
/** Fewer than a person's own question may cost: anybody who reaches the port asks this one. */
const MOST_MACS = 500

/** Why a delivery was refused, the most likely first. */
export async function findingsOf(
  request: ReceivedRequest,
  verdict: Verdict | undefined,
  at: number,
  { provider, keys, toleranceSeconds, maxBodyBytes }: Answering,
): Promise<ListenEvent['findings']> {
  if (verdict === undefined || verdict.ok) return []
  const options = { now: at, maxMacs: MOST_MACS, toleranceSeconds, maxBodyBytes }
  const findings = await explain(provider, await keys(), deliveryOf(request), options)
  return findings.slice(0, MOST_FINDINGS)
}

function deliveryOf({ method, target, headers, body }: ReceivedRequest) {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost'
  return { method, url: `http://${host}${target}`, headers, body }
}
