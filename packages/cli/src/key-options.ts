import { type AnyProvider, CountersignError, type Keyring, type KeyringStore } from '@countersign/core'
import { type Command, InvalidArgumentError } from 'commander'
import type { SecretFlags } from './named-secrets.js'
import { keysFrom, secretOptions } from './secret-options.js'
import { type StoreFlags, storeOptions, withStore } from './store/open-store.js'
import type { Terminal } from './terminal.js'

export interface KeyFlags extends SecretFlags, StoreFlags {
  readonly keyring?: string
}

/** Adds the options that name secrets, and those that name a keyring of a store. */
export function keyOptions(command: Command): Command {
  secretOptions(command.optionsGroup('Keys:')).option('--keyring <name>', 'take the keys from this keyring of a store')
  return storeOptions(command).optionsGroup('')
}

/**
 * The keys that the options name.
 *
 * @throws InvalidArgumentError, and CountersignError `keyring-missing`, `store-failed`.
 */
export async function ringFrom(flags: KeyFlags, provider: AnyProvider, terminal: Terminal): Promise<Keyring> {
  const name = keyringOf(flags)
  if (name !== undefined) return withStore(flags, terminal, ({ store }) => load(store, name))
  return keysFrom(flags, provider, terminal)
}

/**
 * Has the work done with keys as they are when they are asked for: those of a store may change meanwhile. Throws as
 * `ringFrom`.
 */
export async function withKeys<Result>(
  flags: KeyFlags,
  provider: AnyProvider,
  terminal: Terminal,
  work: (keys: () => Promise<Keyring>) => Promise<Result>,
): Promise<Result> {
  const name = keyringOf(flags)
  if (name === undefined) {
    const ring = await ringFrom(flags, provider, terminal)
    return work(async () => ring)
  }
  return withStore(flags, terminal, async ({ store }) => {
    await load(store, name)
    return work(() => load(store, name))
  })
}

/** The keyring to take, where it is one of a store. What would do nothing is refused. */
function keyringOf({ keyring: name, store, secrets: [secret] = [] }: KeyFlags): string | undefined {
  if (name !== undefined && secret !== undefined) {
    throw new InvalidArgumentError(`--keyring and ${secret.option}: the keys come from one of the two`)
  }
  if (name === undefined && store !== undefined) {
    throw new InvalidArgumentError('--store: say which keyring of it, with --keyring <name>')
  }
  return name
}

async function load(store: KeyringStore, name: string): Promise<Keyring> {
  const stored = await store.load(name)
  if (stored === undefined) throw new CountersignError('keyring-missing', `there is no keyring '${name}'`)
  return stored.ring
}
