/** What is kept of a keyring: its text, and which version of it this is. */
export interface KeyringRecord {
  /** 1 for the first; each save makes it one more. */
  readonly version: number
  /** The ring, as `sealed` or `plaintextAtRest` wrote it. */
  readonly text: string
}

/**
 * Where keyrings are kept, as texts under names: memory, files, Redis, PostgreSQL. It knows nothing of secrets. What makes
 * a `KeyringStore` of it is `sealed`, or by a name that can be grepped `plaintextAtRest`; both check names and versions.
 *
 * Each method rejects when the store is down.
 */
export interface KeyringRecords {
  /** Undefined if there is none of that name. */
  read(name: string): Promise<KeyringRecord | undefined>
  /**
   * Puts a record in the place of the one with the expected version, or, if that is undefined, where there is none. All
   * or nothing: of any number at the same time, one succeeds. Resolves to false, and changes nothing, if another version
   * is there.
   */
  write(name: string, record: KeyringRecord, expectedVersion: number | undefined): Promise<boolean>
  /** The names of all keyrings, in any order. */
  list(): Promise<readonly string[]>
  /**
   * Has `changed` called soon after each change, and after any time in which one could have been missed. Gives what ends
   * that. It may call too often, and never fails: who watches still asks now and then.
   */
  watch?(name: string, changed: () => void): () => void
}

/** The form of a name: 1 to 80 letters, digits or `._:/@-`, so that it can be a file, a key, a channel. */
const NAME = /^[A-Za-z0-9._:/@-]{1,80}$/

/** Whether a keyring can have this name. */
export function isKeyringName(name: string): boolean {
  return typeof name === 'string' && NAME.test(name)
}
