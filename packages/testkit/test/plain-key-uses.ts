import { CountersignError, type KeyUseRecords, latestKeyUses } from '@countersign/core'
import type { KeyUsesUnderTest } from '../src/index.js'

/** What all clients share: of each ring the time of each key, and whether it can be reached. */
export interface KeyUseData {
  readonly rings: Map<string, Map<string, number>>
  isDown: boolean
}

/** Changes good records into defective ones; called once for each client. */
export type KeyUseDefect = (good: KeyUseRecords, data: KeyUseData) => Partial<KeyUseRecords>

/** What `keyUseSuite` takes: records that keep the contract, but for the defect. */
export function startPlainKeyUses(
  defect?: KeyUseDefect,
): () => Promise<KeyUsesUnderTest & { readonly data: KeyUseData }> {
  return async () => {
    const data: KeyUseData = { rings: new Map(), isDown: false }
    const client = () => {
      const good = plainKeyUses(data)
      return { ...good, ...defect?.(good, data) }
    }
    return {
      data,
      store: client(),
      another: async () => client(),
      persistent: true,
      breakDown: async () => {
        data.isDown = true
      },
      mend: async () => {
        data.isDown = false
      },
    }
  }
}

function plainKeyUses(data: KeyUseData): KeyUseRecords {
  function reached(): KeyUseData['rings'] {
    if (data.isDown) throw new CountersignError('store-failed', 'down')
    return data.rings
  }
  return {
    async record(ring, uses) {
      const latest = latestKeyUses(ring, uses)
      const keys = reached().get(ring) ?? new Map()
      for (const { keyId, lastUsed } of latest) keys.set(keyId, Math.max(lastUsed, keys.get(keyId) ?? 0))
      if (latest.length > 0) reached().set(ring, keys)
    },
    read: async (ring) => [...(reached().get(ring) ?? [])].map(([keyId, lastUsed]) => ({ keyId, lastUsed })),
  }
}
