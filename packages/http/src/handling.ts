import { type Accepted, type Claim, CountersignError } from '@countersign/core'
import { type Answer, answerLater, answerWith } from './answer.js'
import { createAttempts } from './attempts.js'
import { asked, claimInTurn } from './claim.js'
import { deriveIdempotencyKey } from './idempotency-key.js'
import { keepLease } from './lease.js'
import type { Handling, ReceiverObservation } from './receiver-observation.js'
import type { Settings } from './receiver-options.js'
import { createRunning } from './running.js'
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
  readonly token: string | undefined
}

/** After how long a vendor may try again when something on this side is down. */
export const RETRY_AFTER_MS = 10_000

/** Handles accepted deliveries: claims each, runs the handler, and completes or releases the claim. */
export function createHandling<Event>(settings: Settings<Event>) {
  const { handle, idempotency, endpoint, leaseMs, keepMs, maxAttempts, onDeadLetter, onError } = settings
  const store = idempotency === 'off' ? undefined : idempotency
  const attempts = createAttempts()
  const running = createRunning()

  /** @throws what the user's `idempotencyKey` throws. */
  return async (verdict: Accepted<Event>, tenant: string | undefined): Promise<Handled> => {
    const scope = { endpoint, tenant }
    const key = settings.idempotencyKey
      ? requireKey(settings.idempotencyKey(verdict, scope))
      : await deriveIdempotencyKey(verdict, scope)
    return { idempotencyKey: key, ...(await claimAndRun(verdict, tenant, key)) }
  }

  async function claimAndRun(verdict: Accepted<Event>, tenant: string | undefined, key: string): Promise<Handled> {
    let claim: Claim | undefined
    try {
      claim = store && (await claimInTurn(store, key, settings, running))
    } catch (error) {
      onError(error)
      if (!settings.isHandlingUnclaimed) return storeDown(error)
      return {
        error: codeOf(error),
        ...(await takeTurn({ verdict, tenant, key, attempt: attempts.begin(key), token: undefined })),
      }
    }
    if (claim?.state === 'done') return { handling: 'duplicate', answer: answerWith(200) }
    if (claim?.state === 'in-progress') return { handling: 'in-progress', answer: answerLater(409, claim.retryAfterMs) }
    const attempt = claim?.attempt ?? attempts.begin(key)
    return { attempt, ...(await takeTurn({ verdict, tenant, key, attempt, token: claim?.token })) }
  }

  function takeTurn(turn: Turn<Event>): Promise<Handled> {
    return running.during(turn.key, runUnderLease(turn))
  }

  async function runUnderLease(turn: Turn<Event>): Promise<Handled> {
    const lease = store && turn.token !== undefined ? keepLease(store, turn.key, turn.token, leaseMs) : undefined
    try {
      return await conclude(turn, await run(turn, lease?.signal ?? NEVER_LOST))
    } finally {
      lease?.end()
    }
  }

  /** Runs the handler, or gives the delivery up where it has failed too often. */
  async function run(
    turn: Turn<Event>,
    signal: WebAbortSignal,
  ): Promise<Extract<Handling, 'handled' | 'failed' | 'dead-letter'>> {
    const { verdict, tenant, key, attempt } = turn
    try {
      // More than there may be: the last one took its process with it. Another would, too.
      if (attempt > maxAttempts) throw new CountersignError('attempts-exhausted', `${maxAttempts} begun, none ended`)
      await handle(verdict.event, { verdict, tenant, idempotencyKey: key, attempt, signal })
      return 'handled'
    } catch (error) {
      onError(error)
      if (attempt < maxAttempts) return 'failed'
      try {
        await onDeadLetter?.(verdict, error)
        return 'dead-letter'
      } catch (deadLetterError) {
        onError(deadLetterError)
        return 'failed'
      }
    }
  }

  /** Tells the store how it ended. */
  async function conclude({ key, token }: Turn<Event>, handling: Awaited<ReturnType<typeof run>>): Promise<Handled> {
    const isHandled = handling !== 'failed'
    if (isHandled) attempts.forget(key)
    const ended = { handling, answer: answerWith(isHandled ? 200 : 500) }
    if (!store || token === undefined) return ended
    try {
      if (!isHandled) await asked('release', () => store.release(key, token))
      else if (!(await asked('complete', () => store.complete(key, token, keepMs)))) return notRecorded('lease-lost')
      return ended
    } catch (error) {
      onError(error)
      // A claim that was not released runs out.
      return isHandled ? notRecorded(codeOf(error)) : ended
    }
  }
}

/** An empty key would make all deliveries one, and lose all but the first. */
function requireKey(key: string): string {
  if (typeof key === 'string' && key !== '') return key
  throw new CountersignError('option-invalid', 'idempotencyKey must give a text that is not empty')
}

function storeDown(error: unknown): Handled {
  return { handling: 'store-down', error: codeOf(error), answer: answerLater(503, RETRY_AFTER_MS) }
}

function notRecorded(error: string): Handled {
  return { handling: 'not-recorded', error, answer: answerLater(503, RETRY_AFTER_MS) }
}

/** The code of an error of ours; anything else is only named as unexpected, since its text may hold anything. */
export function codeOf(error: unknown): string {
  return error instanceof CountersignError ? error.code : 'unexpected'
}

const NEVER_LOST = new AbortController().signal as WebAbortSignal
