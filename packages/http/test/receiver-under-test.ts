import type { IdempotencyStore, Verifier } from '@countersign/core'
import { vi } from 'vitest'
import { createReceiver, memoryStore, type ReceiverOptions, type Route } from '../src/index.js'
import { verifierOf } from './vendor.js'

/** A receiver, and what it handled, observed and reported. */
export function receiverWith(
  options: Partial<ReceiverOptions<unknown>> = {},
  verifier: Verifier | Route<unknown> = verifierOf(),
) {
  const handle = vi.fn<ReceiverOptions<unknown>['handle']>()
  const observe = vi.fn<NonNullable<ReceiverOptions<unknown>['observe']>>()
  const onError = vi.fn()
  const receiver = createReceiver(verifier, { handle, idempotency: memoryStore(), observe, onError, ...options })
  const observed = () => observe.mock.calls.map(([observation]) => observation)
  return { receiver, handle, observed, onError }
}

const refused = () => Promise.reject(new Error('connection refused'))

/** A store that cannot be reached. */
export const storeDown: IdempotencyStore = { claim: refused, extend: refused, complete: refused, release: refused }

/** A promise, and what settles it. */
export function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
