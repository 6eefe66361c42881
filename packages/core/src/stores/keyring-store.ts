import { CountersignError } from '../errors.js'
import { isKeyring, type Keyring } from '../keyring.js'
import { isKeyringName, type KeyringRecords } from './keyring-records.js'

/** A ring as a store has it. */
export interface StoredKeyring {
  /** The ring itself. */
  readonly ring: Keyring
  /** To be given to `save`, and to be compared; nothing else. */
  readonly version: string
}

/** Keyrings that many processes share, and that several operators change without losing each other's keys. */
export interface KeyringStore {
  /**
   * The ring of that name; undefined if there is none.
   *
   * @throws CountersignError `store-failed` if the store is down; `keyring-rolled-back` if what it holds is older than what
   * this process has seen there; `keyring-malformed`, `keyring-version-unsupported` and, if it is sealed,
   * `seal-missing`, `seal-broken`, `master-key-unknown` if it holds something else.
   */
  load(name: string): Promise<StoredKeyring | undefined>
  /**
   * Saves a ring in the place of the one with the expected version, or where there is none yet.
   *
   * @throws CountersignError `version-conflict` if another version is there: load it, and change that. `keyring-name-invalid`,
   * `keys-invalid`, `option-invalid`; `store-failed` if the store is down, and then it may have been saved or not.
   */
  save(
    name: string,
    ring: Keyring,
    expectedVersion: string | undefined,
  ): Promise<{
    /** To be expected by the next save. */
    version: string
  }>
  /** The names of all rings. @throws CountersignError `store-failed`. */
  list(): Promise<readonly string[]>
  /** Where the store offers it: has `changed` called soon after each change, now and then also for none. Gives what ends it. */
  watch?(name: string, changed: () => void): () => void
}

/** What a record holds, as a ring and back. The name and the version are those under which it stands. */
export interface KeyringCodec {
  encode(ring: Keyring, name: string, version: number): Promise<string>
  decode(text: string, name: string, version: number): Promise<Keyring>
}

/** A store that keeps rings in records. @throws CountersignError `option-invalid`. */
export function keyringStore(records: KeyringRecords, { encode, decode }: KeyringCodec): KeyringStore {
  requireRecords(records)
  // The newest version of each ring that this process has seen: whoever brings back an older one is not believed.
  const seen = new Map<string, number>()
  const newest = (name: string) => seen.get(name) ?? 0
  const see = (name: string, version: number) => seen.set(name, Math.max(version, newest(name)))

  const { watch } = records
  return Object.freeze<KeyringStore>({
    async load(name) {
      // No ring can have such a name. It may be a sender's: that is no fault of ours.
      if (!isKeyringName(name)) return undefined
      // As of now: while the answer is under way, this process itself may save a newer one.
      const before = newest(name)
      const record = await asked('read', name, () => records.read(name))
      requireNoOlder(name, record?.version ?? 0, before)
      if (record === undefined) return undefined
      const { version, text } = record
      const ring = await asked('read', name, () => decode(text, name, version))
      // Not before it is read: what is not authentic shows nothing, not even its number.
      see(name, version)
      return { ring, version: String(version) }
    },
    async save(name, ring, expectedVersion) {
      requireName(name)
      requireRing(ring)
      const expected = versionOf(expectedVersion)
      if (expected === 'none') throw conflict(name, expectedVersion)
      const version = (expected ?? 0) + 1
      const text = await asked('write', name, () => encode(ring, name, version))
      const isSaved = await asked('write', name, () => records.write(name, { version, text }, expected))
      if (!isSaved) throw conflict(name, expectedVersion)
      see(name, version)
      return { version: String(version) }
    },
    list: () => asked('list', '', () => records.list()),
    ...(watch && { watch: (name: string, changed: () => void) => watch.call(records, name, changed) }),
  })
}

/** The number of a version; 'none' for a text that no `load` and no `save` has given. */
function versionOf(text: string | undefined): number | 'none' | undefined {
  if (text === undefined) return undefined
  if (typeof text !== 'string')
    throw new CountersignError('option-invalid', 'expectedVersion is the version that load gave')
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 'none'
}

function requireNoOlder(name: string, version: number, newest: number): void {
  if (version >= newest) return
  const met = version === 0 ? 'is gone' : `is version ${version}`
  throw new CountersignError('keyring-rolled-back', `'${name}' ${met}, and was version ${newest} before`)
}

/** @throws CountersignError `keyring-name-invalid`. */
export function requireName(name: unknown): void {
  if (isKeyringName(name as string)) return
  throw new CountersignError('keyring-name-invalid', `a keyring's name is 1 to 80 letters, digits or . _ : / @ -`)
}

function requireRecords(records: Partial<KeyringRecords & KeyringStore> | undefined): void {
  const { read, write, list, load } = records ?? {}
  if ([read, write, list].every((method) => typeof method === 'function')) return
  const fix =
    typeof load === 'function'
      ? 'this is a store already, of what sealed() or plaintextAtRest() made'
      : 'give redisKeyrings(client), postgresKeyrings(client), fileKeyrings(directory), or an object with read, write and list'
  throw new CountersignError('option-invalid', fix)
}

/** Half of what `rotate` gives is a ring, and half is not. */
function requireRing(ring: Keyring | { readonly ring?: unknown } | undefined): void {
  if (isKeyring(ring)) return
  const fix = isKeyring((ring as { ring?: unknown } | undefined)?.ring) ? ', so give its ring' : ''
  throw new CountersignError('keys-invalid', `save takes a ring${fix}`)
}

function conflict(name: string, expected: string | undefined): CountersignError {
  const met =
    expected === undefined ? `there is a keyring '${name}' already` : `'${name}' is not version ${expected} any more`
  return new CountersignError('version-conflict', met)
}

/** What a store throws becomes an error that says what was asked. */
async function asked<Result>(what: keyof KeyringRecords, name: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause
    throw new CountersignError('store-failed', `${what} ${name}`.trimEnd(), { cause })
  }
}
