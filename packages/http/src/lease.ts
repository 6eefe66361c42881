import { CountersignError, type IdempotencyStore } from '@countersign/core'
import type { WebAbortSignal } from './web-types.js'

/** A claim that is kept alive while its handler runs. */
export interface Lease {
  /** Aborted, with a CountersignError `lease-lost`, once another may have claimed the delivery. */
  readonly signal: WebAbortSignal
  /** Stops keeping it. */
  end(): void
}

/**
 * Extends a lease again and again, three times in its length, so that one extension may fail and the next still saves it.
 * The lease is lost when the store says so, or when the store could not be reached for as long as the lease lasts.
 */
export function keepLease(
  store: IdempotencyStore,
  key: string,
  { token, askedAt }: { readonly token: string; readonly askedAt: number },
  leaseMs: number,
): Lease {
  const controller = new AbortController()
  const extensions = setInterval(extend, leaseMs / 3)
  let until = askedAt + leaseMs
  let loss = setTimeout(lose, until - performance.now())
  let hasEnded = false
  // A claim that took long to be answered has little left of its lease.
  if (performance.now() - askedAt > leaseMs / 3) extend()

  async function extend(): Promise<void> {
    const askedAt = performance.now()
    const isKept = await extension().catch(() => undefined)
    if (hasEnded) return
    if (isKept === false) lose()
    if (isKept !== true) return
    // An answer may come late, after that to a younger question.
    until = Math.max(until, askedAt + leaseMs)
    clearTimeout(loss)
    loss = setTimeout(lose, until - performance.now())
  }

  /** Async, so that a store that throws instead of rejecting is met alike. */
  async function extension(): Promise<boolean> {
    return store.extend(key, token, leaseMs)
  }

  function lose(): void {
    end()
    controller.abort(new CountersignError('lease-lost'))
  }

  function end(): void {
    hasEnded = true
    clearInterval(extensions)
    clearTimeout(loss)
  }

  return { signal: controller.signal as WebAbortSignal, end }
}
