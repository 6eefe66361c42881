import type { IdempotencyStore } from '@countersign/core'

/** A store with some methods in the place of its own; they may be changed while it is used. */
export function storeWith(own: IdempotencyStore, methods: Partial<IdempotencyStore>): IdempotencyStore {
  return {
    claim: (...call) => (methods.claim ?? own.claim).apply(own, call),
    extend: (...call) => (methods.extend ?? own.extend).apply(own, call),
    complete: (...call) => (methods.complete ?? own.complete).apply(own, call),
    release: (...call) => (methods.release ?? own.release).apply(own, call),
  }
}
