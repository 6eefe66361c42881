import type { Keyring } from '../keyring.js'
import { exportKeyring } from '../keyring-format.js'
import { type CachedLoader, cachedLoader, type FreshnessOptions } from './cached-loader.js'

/** A ring, and what tells whether another is the same. */
export interface VersionedRing {
  readonly ring: Keyring
  readonly version: string
}

/**
 * A ring that is loaded from elsewhere, kept fresh, and the same object for as long as it says the same: its keys are prepared
 * once. `load` resolves to undefined where there is none; that is asked again as often as `missIntervalMs` allows.
 */
export function createRingCache(
  load: () => Promise<VersionedRing | undefined>,
  options: FreshnessOptions,
): CachedLoader<Keyring | undefined> {
  let known: VersionedRing | undefined
  const loader = cachedLoader(async () => {
    const loaded = await load()
    if (!isSame(loaded, known)) known = loaded
    return known?.ring
  }, options)
  return {
    get(refresh) {
      const ring = loader.get(refresh)
      return ring === undefined && !refresh ? loader.get(true) : ring
    },
    renew: loader.renew,
  }
}

/** A version alone does not tell: a store that lost a write in a failover gives its number to the next one. */
function isSame(one: VersionedRing | undefined, other: VersionedRing | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one.version === other.version && exportKeyring(one.ring) === exportKeyring(other.ring)
}
