import type { FreshnessOptions } from '@countersign/core'

// Milliseconds of real time. Much shorter than anybody would set them, so that a drill of seconds sees all of it.

/** How long the retry of a delivery whose instance was killed may have to wait. */
export const LEASE_MS = 2000
export const STORE_TIMEOUT_MS = 1000

const MAX_STALE_MS = 3000
export const FRESHNESS: FreshnessOptions = {
  refreshMs: 1500,
  maxStaleMs: MAX_STALE_MS,
  missIntervalMs: 200,
  timeoutMs: STORE_TIMEOUT_MS,
}

/** So long after its revocation was saved, no instance takes a key any more, whatever happened to the store meanwhile. */
export const REVOKED_EVERYWHERE_MS = MAX_STALE_MS + 500
