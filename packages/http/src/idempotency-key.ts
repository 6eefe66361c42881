import type { Accepted } from '@countersign/core'
import { sha256 } from '#sha256'

/** What a key is told apart by, beside the delivery. */
export interface KeyScope {
  readonly endpoint: string
  readonly tenant: string | undefined
}

/**
 * The key by which a vendor's retry is known again: SHA-256 over endpoint, provider, tenant, and the delivery id where that
 * is under the MAC, else the body. Never a stamp, a signature or a key's id: a retry carries new ones. Each part stands
 * behind its length, so that none can run into the next.
 *
 * In token mode nothing of a delivery is under a MAC, so its key says `unauthenticated:` in front.
 */
export async function deriveIdempotencyKey(verdict: Accepted, { endpoint, tenant }: KeyScope): Promise<string> {
  const { provider, deliveryId, body, assurance } = verdict
  const parts = [endpoint, provider, tenant, deliveryId, deliveryId === undefined ? body : undefined]
  const hex = await sha256(lengthPrefixed(parts))
  return assurance === 'body-mac' ? hex : `unauthenticated:${hex}`
}

/** A length that no part has: there is none. */
const ABSENT = 0xffff_ffff

function lengthPrefixed(parts: readonly (string | Uint8Array | undefined)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const chunks = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + 4 + (chunk?.length ?? 0), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const chunk of chunks) {
    view.setUint32(at, chunk?.length ?? ABSENT)
    bytes.set(chunk ?? [], at + 4)
    at += 4 + (chunk?.length ?? 0)
  }
  return bytes
}
