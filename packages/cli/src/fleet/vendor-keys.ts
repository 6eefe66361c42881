import type { Secret } from '@countersign/core'
import { REVOKED_EVERYWHERE_MS } from './durations.js'

/** What the vendor signs with, and what a thief has. */
export interface VendorKeys {
  current(): Secret
  /** From now on it signs with this. */
  switchTo(secret: Secret): void
  /** A key was revoked in the store, as of now. */
  revoked(secret: Secret): void
  /** One that no instance may take any more. */
  stolen(): Secret | undefined
}

export function createVendorKeys(first: Secret): VendorKeys {
  const revoked: { readonly secret: Secret; readonly at: number }[] = []
  let current = first
  return {
    current: () => current,
    switchTo(secret) {
      current = secret
    },
    revoked(secret) {
      revoked.push({ secret, at: Date.now() })
    },
    stolen() {
      const ended = revoked.filter(({ at }) => at + REVOKED_EVERYWHERE_MS < Date.now())
      return ended[Math.floor(Math.random() * ended.length)]?.secret
    },
  }
}
