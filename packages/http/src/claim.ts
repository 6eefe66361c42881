import { type Claim, CountersignError, type IdempotencyStore } from '@countersign/core'
import type { Settings } from './receiver-options.js'
import type { Running } from './running.js'
import { asked } from './store-call.js'

/** A waiting duplicate asks again after so many milliseconds, then ever more slowly. */
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 1000

/**
 * Claims a delivery. While another is handling it, waits for that if so set, but no longer than a lease lasts.
 *
 * @throws CountersignError `store-failed`, or one of the store's own.
 */
export async function claimInTurn(
  store: IdempotencyStore,
  key: string,
  settings: Pick<Settings<unknown>, 'leaseMs' | 'isWaiting' | 'storeTimeoutMs'>,
  running: Running,
): Promise<AskedClaim> {
  const { leaseMs, isWaiting } = settings
  const until = performance.now() + leaseMs
  let claim = await claimOnce(store, key, settings)
  let pause = FIRST_PAUSE_MS
  while (isWaiting && claim.state === 'in-progress') {
    const left = until - performance.now()
    if (left <= 0) break
    // Not all at the same time: those that wait for one delivery began to in one moment.
    const drawn = pause * (0.5 + Math.random() / 2)
    await running.pause(key, Math.min(drawn, left, Math.max(claim.retryAfterMs, 1)))
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    const known = claim
    // The store has just said that another is handling it. That it is down now does not make the delivery ours.
    claim = await claimOnce(store, key, settings).catch(() => known)
  }
  return claim
}

/** When a claim was asked for, by `performance.now`: its lease may have begun then, long before the answer came. */
export type AskedClaim = Claim & { readonly askedAt: number }

async function claimOnce(
  store: IdempotencyStore,
  key: string,
  { leaseMs, storeTimeoutMs }: Pick<Settings<unknown>, 'leaseMs' | 'storeTimeoutMs'>,
): Promise<AskedClaim> {
  const askedAt = performance.now()
  // What is claimed too late is nobody's: released, so that the vendor's retry need not wait for the lease to run out.
  const giveBack = (late: Claim) => late?.state === 'claimed' && store.release(key, late.token)
  const claim = await asked('claim', storeTimeoutMs, () => store.claim(key, leaseMs), giveBack)
  if (!isClaim(claim)) throw new CountersignError('store-failed', 'claim did not answer as IdempotencyStore says')
  return { ...claim, askedAt }
}

/** What is no answer to a claim is a failure: never "new". */
function isClaim(claim: Claim | undefined): claim is Claim {
  if (claim?.state === 'claimed') return typeof claim.token === 'string' && (claim.attempt ?? 1) >= 1
  return claim?.state === 'in-progress' || claim?.state === 'done'
}
