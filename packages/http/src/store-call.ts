import { CountersignError, type IdempotencyStore } from '@countersign/core'

/**
 * Asks the store. What it throws becomes an error that says what was asked; so does an answer that does not come in time.
 * `late` is given one that comes afterwards.
 *
 * @throws CountersignError `store-failed`, or one of the store's own.
 */
export async function asked<Result>(
  method: keyof IdempotencyStore,
  timeoutMs: number,
  ask: () => Promise<Result>,
  late?: (result: Result) => unknown,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  // Async, so that a store that throws instead of rejecting is met alike.
  const answer = (async () => ask())()
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new CountersignError('store-failed', `${method}: no answer within ${timeoutMs} ms`))
      answer.then(late).catch(() => {})
    }, timeoutMs)
  })
  try {
    return await Promise.race([answer, tooLong])
  } catch (cause) {
    throw cause instanceof CountersignError ? cause : new CountersignError('store-failed', method, { cause })
  } finally {
    clearTimeout(timer)
  }
}
