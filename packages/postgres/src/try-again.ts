import { CountersignError } from '@countersign/core'
import { codeOf } from './client-error.js'

/** It is a fault of the database, or of the transaction in which it is asked, if that does not suffice. */
const TRIES = 20
const LONGEST_PAUSE_MS = 100

/** Of PostgreSQL: serialization_failure and deadlock_detected. Nothing was changed, and the next try may well succeed. */
const REFUSED_FOR_NOW = new Set(['40001', '40P01'])

/**
 * Tries something until it comes to an answer: where another was faster, it gives undefined, and under the stricter
 * isolation levels the database refuses it.
 *
 * @throws CountersignError `store-failed`.
 */
export async function tryAgain<Answer>(attempt: () => Promise<Answer | undefined>): Promise<Answer> {
  let refusal: unknown
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      const answer = await attempt()
      if (answer !== undefined) return answer
    } catch (error) {
      if (!isRefusedForNow(error)) throw error
      refusal = error
    }
    await pause(tries)
  }
  throw refusal ?? new CountersignError('store-failed', `others were faster ${TRIES} times`)
}

function isRefusedForNow(error: unknown): boolean {
  return REFUSED_FOR_NOW.has(codeOf((error as CountersignError).cause) ?? '')
}

/** Drawn, so that those who met do not meet again. The first goes by at once. */
async function pause(tries: number): Promise<void> {
  const ms = Math.random() * Math.min(2 ** tries, LONGEST_PAUSE_MS)
  await new Promise((resolve) => setTimeout(resolve, ms))
}
