import { CountersignError, type FetchRequest, type Observation, statusOf, type Verifier } from '@countersign/core'
import { tellDiagnostics } from '#diagnostics'
import { type Answer, answerUnavailable, answerWith, toResponse } from './answer.js'
import { errorCodeOf } from './error-code.js'
import { createHandling, type Handled } from './handling.js'
import type { ReceiverObservation } from './receiver-observation.js'
import { type ReceiverOptions, type Route, settingsOf } from './receiver-options.js'
import { refuseUnknown } from './unknown-sender.js'
import type { WebResponse } from './web-types.js'

/** A web-standard handler: Next.js, Workers, Deno, Bun and others take it as it is. It never rejects. */
export interface Receiver {
  (request: FetchRequest): Promise<WebResponse>
  /** The same where there is no `Response`: what a framework's skin is made of. */
  answer(request: FetchRequest): Promise<Answer>
}

/** What is known of a delivery, to be answered and observed. */
type Received = Handled & Omit<ReceiverObservation, 'status' | 'durationMs'>

/**
 * Receives deliveries: verifies each, and has `handle` run for it exactly as often as it should, through retries,
 * duplicates and crashes. Answers by the status alone: 200, 400, 401, 405, 409, 413, 500 or 503.
 *
 * @param verifier what verifies, or a function from the request to that.
 * @throws CountersignError `option-invalid`, naming the option.
 */
export function createReceiver<Event>(
  verifier: Verifier<Event> | Route<Event>,
  options: ReceiverOptions<Event>,
): Receiver {
  if (typeof verifier !== 'function' && typeof verifier?.verify !== 'function') {
    throw new CountersignError('option-invalid', 'createReceiver takes what createVerifier made, or a function to that')
  }
  const settings = settingsOf(options)
  const handle = createHandling(settings)

  async function answer(request: FetchRequest): Promise<Answer> {
    const began = performance.now()
    const { answer, ...received } = await receive(request)
    const observation = { ...received, status: answer.status, durationMs: performance.now() - began }
    settings.observe(observation, request)
    tellDiagnostics(observation)
    return answer
  }

  async function receive(request: FetchRequest): Promise<Received> {
    let known: Omit<Received, 'answer'> = { provider: '', outcome: 'failed', bodyBytes: 0 }
    try {
      requireRequest(request)
      if (request.method !== 'POST') return refused(405, known, { allow: 'POST' })
      const chosen = typeof verifier === 'function' ? await verifier(request) : verifier
      const tenant = requireTenant(await settings.tenant?.(request))
      known = { ...known, provider: chosen?.provider.id ?? '', tenant }
      const isKnown = chosen && !(settings.tenant && tenant === undefined)
      const observe = (observation: Observation) => {
        known = { ...known, ...observation }
      }
      const verdict = isKnown ? await chosen.verify(request, { tenant, observe }) : await refuseUnknown(request)
      if (!verdict.ok) return refused(statusOf(verdict), { ...known, reason: verdict.reason, detail: verdict.detail })
      // No JSON has this value: the body was none, or a schema made nothing of it.
      if (verdict.event === undefined && !settings.isAnyPayload)
        return refused(400, { ...known, reason: 'invalid-payload', detail: 'not JSON' })
      return { ...known, outcome: 'accepted', ...(await handle(verdict, tenant)) }
    } catch (error) {
      // An upload that broke off is the sender's doing, or the network's: nobody here is to be woken for it.
      if (errorCodeOf(error) !== 'body-unreadable') settings.onError(error)
      return { ...known, outcome: 'failed', error: errorCodeOf(error), answer: answerUnavailable() }
    }
  }

  return Object.assign(async (request: FetchRequest) => toResponse(await answer(request)), { answer })
}

/** A framework that hands over something of its own, since it was given the receiver itself, would get no answer. */
function requireRequest(request: FetchRequest): void {
  if (typeof request?.headers?.get === 'function' && typeof request.arrayBuffer === 'function') return
  const fix = 'give your framework toExpress(receiver), or what it is called there, of @countersign/http/<framework>'
  throw new CountersignError('option-invalid', `a receiver takes a web Request: ${fix}`)
}

/** Anything else would make all tenants one. */
function requireTenant(tenant: unknown): string | undefined {
  if (tenant === undefined || tenant === null) return undefined
  if (typeof tenant === 'string') return tenant
  throw new CountersignError('option-invalid', `tenant must give a string, and gave a ${typeof tenant}`)
}

function refused(status: number, known: Omit<Received, 'answer'>, headers?: Record<string, string>): Received {
  return { ...known, outcome: 'rejected', answer: answerWith(status, headers) }
}
