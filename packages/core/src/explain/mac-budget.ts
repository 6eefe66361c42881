import { engine } from '#mac'
import { encode } from '../encoding.js'
import type { Hash } from '../hash.js'
import type { Part, PreparedKey } from '../mac.js'

/** MACs of whichever keys, up to a number: what a stranger's delivery may cost is bounded. */
export interface MacBudget {
  /** Lower-case hex; undefined once the budget is used up. */
  mac(hash: Hash, key: Uint8Array, parts: readonly Part[]): Promise<string | undefined>
  /** A hash without a key counts like a MAC. */
  hash(hash: Hash, content: Uint8Array): Promise<string | undefined>
  readonly isExceeded: () => boolean
}

export function macBudget(most: number): MacBudget {
  const prepared = new Map<Uint8Array, Map<Hash, PreparedKey>>()
  let used = 0
  let isExceeded = false
  const keyOf = (hash: Hash, bytes: Uint8Array): PreparedKey => {
    const byHash = prepared.get(bytes) ?? new Map<Hash, PreparedKey>()
    const key = byHash.get(hash) ?? engine.importKey(hash, bytes)
    prepared.set(bytes, byHash.set(hash, key))
    return key
  }
  const spend = (): boolean => {
    isExceeded ||= used >= most
    used += 1
    return !isExceeded
  }
  return {
    mac: async (hash, key, parts) => (spend() ? engine.mac(keyOf(hash, key), parts, 'hex') : undefined),
    hash: async (hash, content) => (spend() ? plainHash(hash, content) : undefined),
    isExceeded: () => isExceeded,
  }
}

/** Lower-case hex. */
async function plainHash(hash: Hash, content: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest(hash.replace('sha', 'SHA-'), new Uint8Array(content))
  return encode(new Uint8Array(digest), 'hex')
}
