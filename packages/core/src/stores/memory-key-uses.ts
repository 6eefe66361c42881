import type { KeyUseRecord, KeyUseRecords } from '../key-use-records.js'
import { latestKeyUses } from './latest-key-uses.js'

/** When keys were last used, in the memory of this process, until it ends: for tests, and to try things out. */
export function memoryKeyUses(): KeyUseRecords {
  const rings = new Map<string, readonly KeyUseRecord[]>()
  return Object.freeze<KeyUseRecords>({
    async record(ring, uses) {
      rings.set(ring, latestKeyUses(ring, [...(rings.get(ring) ?? []), ...uses]))
    },
    read: async (ring) => rings.get(ring) ?? [],
  })
}
