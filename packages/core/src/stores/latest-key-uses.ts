import { CountersignError } from '../errors.js'
import type { KeyUseRecord } from '../key-use-records.js'
import { requireName } from './keyring-store.js'

/** As a key's id is. */
const KEY_ID = /^[ -~]{1,128}$/

/**
 * What is to be kept of uses: of each key the latest, in the order of their ids, so that who locks one after the other meets
 * nobody in the opposite order. For the `record` of a `KeyUseRecords`.
 *
 * @throws CountersignError `keyring-name-invalid`; `option-invalid` for what is no key's id, or no whole number of
 * milliseconds since the epoch.
 */
export function latestKeyUses(ring: string, uses: readonly KeyUseRecord[]): readonly KeyUseRecord[] {
  requireName(ring)
  const latest = new Map<string, KeyUseRecord>()
  for (const { keyId, lastUsed } of uses) {
    requireUse(keyId, lastUsed)
    if (lastUsed > (latest.get(keyId)?.lastUsed ?? -1)) latest.set(keyId, { keyId, lastUsed })
  }
  return [...latest.values()].sort((one, other) => (one.keyId < other.keyId ? -1 : 1))
}

function requireUse(keyId: string, lastUsed: number): void {
  if (typeof keyId !== 'string' || !KEY_ID.test(keyId)) {
    throw new CountersignError('option-invalid', 'keyId is not the id of a key')
  }
  if (Number.isSafeInteger(lastUsed) && lastUsed >= 0) return
  throw new CountersignError('option-invalid', `lastUsed is ${String(lastUsed)}, and not milliseconds since the epoch`)
}
