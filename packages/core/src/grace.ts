import type { Key } from './key.js'
import type { AnyProvider } from './provider.js'

/** Seconds that a delivery may be under way, where the provider sets no tolerance of its own. */
const DEFAULT_UNDER_WAY_SECONDS = 300

/**
 * How long after the vendor's last use of a key a delivery signed with it may still arrive, in milliseconds. A receiver
 * lets a key live for that much longer than the vendor does (law 7).
 */
export function underWayMs(provider: Pick<AnyProvider, 'toleranceSeconds'>): number {
  return (provider.toleranceSeconds ?? DEFAULT_UNDER_WAY_SECONDS) * 1000
}

/** When a receiver's key expires whose grace at the vendor ends then. No grace means the key must go: nothing is added. */
export function notAfterOf(rotatedAt: number, graceMs: number, provider: AnyProvider): number {
  return graceMs === 0 ? rotatedAt : rotatedAt + graceMs + underWayMs(provider)
}

/** When the vendor stops signing with a key, as far as the ring tells (milliseconds since the epoch). */
export function vendorEnd(key: Key, provider: Pick<AnyProvider, 'toleranceSeconds'>): number {
  return key.notAfter === undefined ? Number.POSITIVE_INFINITY : key.notAfter - underWayMs(provider)
}
