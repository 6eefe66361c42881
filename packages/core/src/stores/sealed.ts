import { utf8 } from '../encoding.js'
import { CountersignError } from '../errors.js'
import type { Keyring } from '../keyring.js'
import { exportKeyring, parseKeyring } from '../keyring-format.js'
import type { KeyringRecords } from './keyring-records.js'
import { type KeyringStore, keyringStore } from './keyring-store.js'
import {
  decrypt,
  encrypt,
  importDataKey,
  KEY_BYTES,
  type MasterKey,
  type MasterKeyInput,
  masterKeyBytes,
  openMasterKey,
} from './master-key.js'
import { broken, contextOf, formatSealed, parseSealed } from './sealed-record.js'

/**
 * A keyring store that keeps rings encrypted, by AES-256-GCM. Each save has a fresh key of its own, which the master key
 * encrypts (envelope encryption). The ring's name and version are bound to both: what is changed, stands under another name
 * or is an older version under a newer number is `seal-broken`, and what is older than this process has seen is
 * `keyring-rolled-back`. A process that starts cannot know that the whole store was put back to an earlier state.
 *
 * Of several master keys the first encrypts, and all decrypt. To replace one, put the new one before it, save each ring
 * again, and then take it out.
 *
 * @throws CountersignError `master-key-malformed`.
 */
export function sealed(records: KeyringRecords, masterKeys: MasterKeyInput | readonly MasterKeyInput[]): KeyringStore {
  const keys = masterKeyRing(Array.isArray(masterKeys) ? masterKeys : [masterKeys])
  return keyringStore(records, {
    encode: async (ring, name, version) => seal((await keys())[0] as MasterKey, ring, name, version),
    decode: async (text, name, version) => unseal(await keys(), text, name, version),
  })
}

/** Checked at once, and made ready when they are needed first: outside of a request, Workers do no cryptography. */
function masterKeyRing(inputs: readonly MasterKeyInput[]): () => Promise<readonly MasterKey[]> {
  if (inputs.length === 0) throw new CountersignError('master-key-malformed', 'there is none')
  const given = inputs.map((input, index) => ({
    input,
    bytes: masterKeyBytes(input, inputs.length > 1 ? ` ${index}` : ''),
  }))
  let ready: Promise<readonly MasterKey[]> | undefined
  return () => {
    ready ??= Promise.all(given.map(({ input, bytes }) => (bytes ? openMasterKey(bytes) : (input as MasterKey))))
    return ready
  }
}

async function seal(masterKey: MasterKey, ring: Keyring, name: string, keyringVersion: number): Promise<string> {
  const header = { name, keyringVersion, masterKey: masterKey.id }
  const dataKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const keyring = await encrypt(await importDataKey(dataKey), utf8(exportKeyring(ring)), contextOf('keyring', header))
  return formatSealed({ ...header, dataKey: await masterKey.wrap(dataKey, contextOf('data key', header)), keyring })
}

async function unseal(keys: readonly MasterKey[], text: string, name: string, version: number): Promise<Keyring> {
  const record = parseSealed(text, name, version)
  const masterKey = keys.find(({ id }) => id === record.masterKey)
  if (masterKey === undefined) {
    throw new CountersignError('master-key-unknown', `'${name}' was sealed with none of the ${keys.length} given`)
  }
  const dataKey = await masterKey.unwrap(record.dataKey, contextOf('data key', record))
  const ring = dataKey && (await decrypt(await importDataKey(dataKey), record.keyring, contextOf('keyring', record)))
  if (ring === undefined) throw broken(name, 'it is not as it was sealed')
  return parseKeyring(new TextDecoder().decode(ring))
}
