import { exportKeyring, parseKeyring } from '../keyring-format.js'
import type { KeyringRecords } from './keyring-records.js'
import { type KeyringStore, keyringStore } from './keyring-store.js'

/**
 * A keyring store that keeps **secrets in the clear**: who reads the file, the table or a backup of it has them. `sealed` is
 * the other one. To go from one to the other, load from this and save to that with the version that was loaded.
 */
export function plaintextAtRest(records: KeyringRecords): KeyringStore {
  return keyringStore(records, {
    encode: async (ring) => exportKeyring(ring),
    decode: async (text) => parseKeyring(text),
  })
}
