import { type Accepted, CountersignError } from '@countersign/core'
import { type Answer, answerLater, answerUnavailable, answerWith } from './answer.js'
import { createAttempts } from './attempts.js'
import { type AskedClaim, claimInTurn } from './claim.js'
import { errorCodeOf } from './error-code.js'
import { deriveIdempotencyKey } from './idempotency-key.js'
import { keepLease } from './lease.js'
import type { Handling, ReceiverObservation } from './receiver-observation.js'
import type { Settings } from './receiver-options.js'
import { createRunning } from './running.js'
import { asked } from './store-call.js'
import type { WebAbortSignal } from './web-types.js'

/** What a delivery is answered with, and what is observed of its handling. */
export interface Handled extends Pick<ReceiverObservation, 'handling' | 'idempotencyKey' | 'attempt' | 'error'> {
  readonly answer: Answer
}

/** One delivery whose turn it is. */
interface Turn<Event> {
  readonly verdict: Accepted<Event>
  readonly tenant: string | undefined
  readonly key: string
  readonly attempt: number
  /** Undefined where nothing was claimed. */
  readonly claim: Held | undefined
}

/** How a turn ended. */
type Ending = Extract<Handling, 'handled' | 'failed' | 'dead-letter'>

type Held = Extract<AskedClaim, { state: 'claimed' }>

/** Handles accepted deliveries: claims each, runs the handler, and completes or releases the claim. */
export function createHandling<Event>(settings: Settings<Event>) {
  const { handle, idempotency, endpoint, leaseMs, keepMs, storeTimeoutMs, maxAttempts, onDeadLetter, onError } =
    settings
  const store = idempotency === 'off' ? undefined : idempotency
  const attempts = createAttempts()
  const running = createRunning()

  /** @throws what the user's `idempotencyKey` throws. */
  return async (verdict: Accepted<Event>, tenant: string | undefined): Promise<Handled> => {
    const scope = { endpoint, tenant }
    const key = settings.idempotencyKey
      ? requireKey(await settings.idempotencyKey(verdict, scope))
      : await deriveIdempotencyKey(verdict, scope)
    return { idempotencyKey: key, ...(await claimAndRun(verdict, tenant, key)) }
  }

  async function claimAndRun(verdict: Accepted<Event>, tenant: string | undefined, key: string): Promise<Handled> {
    let claim: AskedClaim | undefined
    try {
      claim = store && (await claimInTurn(store, key, settings, running))
    } catch (error) {
      onError(error)
      if (!settings.isHandlingUnclaimed) return storeDown(error)
      return { error: errorCodeOf(error), ...(await takeTurn(verdict, tenant, key)) }
    }
    if (claim?.state === 'done') return { handling: 'duplicate', answer: answerWith(200) }
    if (claim?.state === 'in-progress') return { handling: 'in-progress', answer: answerLater(409, claim.retryAfterMs) }
    return takeTurn(verdict, tenant, key, claim)
  }

  async function takeTurn(
    verdict: Accepted<Event>,
    tenant: string | undefined,
    key: string,
    claim?: Held,
  ): Promise<Handled> {
    const attempt = claim?.attempt ?? attempts.failed(key) + 1
    return { attempt, ...(await running.during(key, runUnderLease({ verdict, tenant, key, attempt, claim }))) }
  }

  async function runUnderLease(turn: Turn<Event>): Promise<Handled> {
    const lease = store && turn.claim && keepLease(store, turn.key, turn.claim, leaseMs)
    try {
      // Without a lease there is none to lose. A signal for each turn: handlers add listeners to it.
      return await conclude(turn, await run(turn, lease?.signal ?? (new AbortController().signal as WebAbortSignal)))
    } finally {
      lease?.end()
    }
  }

  /** Runs the handler, or gives the delivery up where it was tried too often. */
  async function run(turn: Turn<Event>, signal: WebAbortSignal): Promise<Ending> {
    const { verdict, tenant, key, attempt, claim: held } = turn
    try {
      // More than there may be, by the store's count: the last one ended without a word, perhaps with its process. Another
      // would, too. What only this process counts has ended in it.
      if (held?.attempt !== undefined && attempt > maxAttempts) throw new CountersignError('attempts-exhausted')
      await handle(verdict.event, {
        verdict,
        tenant,
        idempotencyKey: key,
        attempt,
        claim: held && { key, token: held.token },
        signal,
      })
      return 'handled'
    } catch (error) {
      onError(error)
      const failures = held?.attempt ?? attempts.fail(key)
      // Who has lost the lease does not decide: another may be handling it well.
      return failures < maxAttempts || signal.aborted ? 'failed' : giveUp(verdict, error)
    }
  }

  async function giveUp(verdict: Accepted<Event>, cause: unknown): Promise<Ending> {
    try {
      if (onDeadLetter) await onDeadLetter(verdict, cause)
      else onError(new CountersignError('attempts-exhausted', 'given up, and there is no onDeadLetter', { cause }))
      return 'dead-letter'
    } catch (error) {
      onError(error)
      return 'failed'
    }
  }

  /** Tells the store how it ended. */
  async function conclude({ key, claim }: Turn<Event>, handling: Ending): Promise<Handled> {
    const isHandled = handling !== 'failed'
    if (isHandled) attempts.forget(key)
    const ended = { handling, answer: answerWith(isHandled ? 200 : 500) }
    if (!store || !claim) return ended
    try {
      if (!isHandled) await asked('release', storeTimeoutMs, () => store.release(key, claim.token))
      else if (!(await asked('complete', storeTimeoutMs, () => store.complete(key, claim.token, keepMs))))
        return notRecorded('lease-lost')
      return ended
    } catch (error) {
      onError(error)
      // A claim that was not released runs out.
      return isHandled ? notRecorded(errorCodeOf(error)) : ended
    }
  }
}

/** An empty key would make all deliveries one, and lose all but the first. */
function requireKey(key: string): string {
  if (typeof key === 'string' && key !== '') return key
  throw new CountersignError('option-invalid', 'idempotencyKey must give a text that is not empty')
}

function storeDown(error: unknown): Handled {
  return { handling: 'store-down', error: errorCodeOf(error), answer: answerUnavailable() }
}

function notRecorded(error: string): Handled {
  return { handling: 'not-recorded', error, answer: answerUnavailable() }
}
