import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Accepted, type Delivery, type FetchRequest, statusOf } from '@countersign/core'
import type { ReceiverSetup } from '../../src/integration.js'

// A correct receiver in few lines, and none of @countersign/http's, so that the suite is seen to be of no one receiver. Each
// step can be replaced by a defective one.

export interface TinyAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Not to be told. */
  readonly reason?: string
}

export type Options = ReceiverSetup['options']

export interface Steps {
  request(message: IncomingMessage): FetchRequest
  /** What the verifier takes. */
  take(message: IncomingMessage): FetchRequest | Delivery | Promise<Delivery>
  /** What is known again. */
  key(verdict: Accepted, tenant: string | undefined, message: IncomingMessage): string
  once(options: Options, key: string, run: () => Promise<void>): Promise<TinyAnswer>
  refuse(message: IncomingMessage): TinyAnswer | undefined
  fault(error: unknown): TinyAnswer
  /** Whether an accepted delivery carries an event. */
  isEvent(event: unknown): boolean
}

const LATER = { 'retry-after': '1' }

export async function receive(
  { verifier, options }: ReceiverSetup,
  steps: Steps,
  message: IncomingMessage,
): Promise<TinyAnswer> {
  try {
    const refusal = steps.refuse(message)
    if (refusal) return refusal
    // None is one that nobody knows.
    const tenant = options.tenant && (options.tenant(steps.request(message)) ?? '')
    const taken = await steps.take(message)
    const verdict = await verifier.verify(taken, { tenant })
    if (!verdict.ok) return { status: statusOf(verdict), reason: verdict.reason }
    if (!steps.isEvent(verdict.event)) return { status: 400, reason: 'invalid-payload' }
    const run = () => options.handle(verdict.event, { verdict, tenant })
    return await steps.once(options, steps.key(verdict, tenant, message), run)
  } catch (error) {
    options.onError(error)
    return steps.fault(error)
  }
}

/** Runs what is claimed, and has others wait for it or come again. */
export async function once(options: Options, key: string, run: () => Promise<void>): Promise<TinyAnswer> {
  const { idempotency: store, duplicateInFlight = 'wait', whenStoreDown = 'refuse', onError } = options
  if (store === 'off') return outcome(options, run)
  try {
    let claim = await store.claim(key, 30_000)
    while (claim.state === 'in-progress' && duplicateInFlight === 'wait') {
      await sleep(5)
      claim = await store.claim(key, 30_000)
    }
    if (claim.state === 'done') return { status: 200 }
    if (claim.state === 'in-progress') return { status: 409, headers: LATER }
    const { token } = claim
    const ended = await outcome(options, run)
    if (ended.status === 500) {
      await store.release(key, token).catch(onError)
      return ended
    }
    return (await store.complete(key, token, 60_000)) ? ended : { status: 503, headers: LATER }
  } catch (error) {
    onError(error)
    return whenStoreDown === 'handle' ? outcome(options, run) : { status: 503, headers: LATER }
  }
}

async function outcome({ onError }: Options, run: () => Promise<void>): Promise<TinyAnswer> {
  try {
    await run()
    return { status: 200 }
  } catch (error) {
    onError(error)
    return { status: 500 }
  }
}

export const RECEIVER_STEPS: Omit<Steps, 'request' | 'take'> = {
  key: ({ deliveryId, body }, tenant) => JSON.stringify([tenant, deliveryId ?? Buffer.from(body).toString('base64')]),
  once,
  refuse: ({ method }) => (method === 'POST' ? undefined : { status: 405, headers: { allow: 'POST' } }),
  fault: () => ({ status: 503, headers: LATER }),
  isEvent: (event) => event !== undefined,
}
