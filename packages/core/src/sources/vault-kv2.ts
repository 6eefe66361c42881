import { keyring } from '../checked-keyring.js'
import { fail } from '../errors.js'
import type { Key } from '../key.js'
import { type Keyring, MAX_KEYS } from '../keyring.js'
import {
  keysOf,
  type ManagedKeySource,
  type ManagedSecretOptions,
  managedKeySource,
  managedOptions,
  type SecretField,
  type SlotSecret,
  secretsIn,
} from './managed-secret.js'
import { type VaultAccess, vaultReader } from './vault-reader.js'
import { type VaultVersion, versionsOf } from './vault-versions.js'

/** Where the Vault is, how the value of a secret is taken, and how fresh it is kept. */
export interface VaultKv2Options extends ManagedSecretOptions, VaultAccess {
  /** Where the engine is mounted. Default 'secret'. */
  readonly mount?: string | undefined
  /** The secret's path under the mount, as in `vault kv get`. */
  readonly path: string
  /** The field with the secret. */
  readonly field: SecretField
}

/**
 * Keys out of HashiCorp Vault or OpenBao, from a key-value engine of version 2: the current version is active since it was
 * created, and each older one that is neither deleted nor destroyed retires from when the next was created until `graceMs`
 * after that. Their ids are `version-7`. Nothing is staged: Vault has no such state.
 *
 * The token needs `read` on `<mount>/data/<path>` and `<mount>/metadata/<path>`. Each load asks for the metadata, and for the
 * values of versions that are new.
 *
 * @throws CountersignError `option-invalid`. The source rejects with `key-source-failed`, naming the path and the status, or
 * `keyring-stale`.
 */
export function vaultKv2(options: VaultKv2Options): ManagedKeySource {
  const { graceMs, form, rest } = managedOptions(options)
  const { mount = 'secret', path, field, address, token, namespace, fetch, ...freshness } = rest
  requirePlace(path, field)
  const ask = vaultReader({ address, token, namespace, fetch }, freshness.timeoutMs)
  // A version never changes; one of the same number may be of another secret, and was created at another time.
  let known = new Map<string, readonly SlotSecret[]>()

  async function secretsOf({ number, created }: VaultVersion): Promise<readonly SlotSecret[] | undefined> {
    const held = known.get(`${number} of ${created}`)
    if (held !== undefined) return held
    const answer = await ask(`${mount}/data/${path}`, number)
    return answer === undefined ? undefined : secretsIn(Object(answer).data, field, form)
  }

  async function load(): Promise<Keyring> {
    const versions = versionsOf(await ask(`${mount}/metadata/${path}`), Date.now()).slice(0, MAX_KEYS)
    const loaded = await Promise.all(versions.map(secretsOf))
    if (loaded[0] === undefined) throw new Error(`version ${versions[0]?.number}, the current one, cannot be read`)
    // An older one that was deleted in between is no fault.
    const readable = versions.flatMap((version, index) => (loaded[index] ? [{ version, secrets: loaded[index] }] : []))
    known = new Map(readable.map(({ version: { number, created }, secrets }) => [`${number} of ${created}`, secrets]))
    const keys = readable.flatMap(({ version, secrets }) =>
      keysOf(`version-${version.number}`, secrets, datesOf(version, graceMs)),
    )
    return keyring(keys.slice(0, MAX_KEYS))
  }

  return managedKeySource(`Vault '${mount}/${path}'`, load, freshness)
}

function requirePlace(path: unknown, field: unknown): void {
  const isPath = typeof path === 'string' && /^[^/].*[^/]$|^[^/]$/.test(path)
  if (!isPath)
    fail('option-invalid', "path is that of `vault kv get`, without the mount, 'data/' and slashes at its ends")
  if (field === undefined) fail('option-invalid', 'field names the field with the secret')
}

function datesOf(
  { created, replaced }: VaultVersion,
  graceMs: number,
): Pick<Key, 'activeFrom' | 'retireFrom' | 'notAfter'> {
  return replaced === undefined ? { activeFrom: created } : { retireFrom: replaced, notAfter: replaced + graceMs }
}
