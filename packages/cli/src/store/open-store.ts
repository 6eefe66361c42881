import { CountersignError, type KeyringStore, type KeyUseRecords } from '@countersign/core'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Terminal } from '../terminal.js'
import type { OpenedRecords } from './records.js'
import { type SealFlags, sealedOrPlain } from './seal.js'
import { notAnswering, storeError } from './store-error.js'
import { parseStoreUrl, type StoreUrl } from './store-url.js'

export interface StoreFlags extends SealFlags {
  readonly store?: string
  readonly storePrefix?: string
  readonly storeSchema?: string
}

export interface OpenedStore {
  readonly store: KeyringStore
  readonly keyUses: KeyUseRecords
  /** Its URL, without user and password. */
  readonly shown: string
}

/** Adds `--store` and what belongs to it. */
export function storeOptions(command: Command): Command {
  return command
    .option('--store <url>', 'file:./folder, redis://host or postgres://host/database; or COUNTERSIGN_STORE')
    .addOption(
      new Option('--master-key-file <path>', 'the key that seals keyrings; or COUNTERSIGN_MASTER_KEY').conflicts(
        'plaintext',
      ),
    )
    .option('--plaintext', 'keyrings are kept in the clear')
    .option('--store-prefix <text>', 'what the names of Redis keys begin with (default: countersign:)')
    .option('--store-schema <name>', 'the schema of the PostgreSQL tables (default: countersign)')
}

/**
 * Has the work done with the store that was asked for, and closes it.
 *
 * @throws InvalidArgumentError where no store was named, or not how it keeps secrets. An Error with the code `store-failed` where
 * it does not answer.
 */
export async function withStore<Result>(
  flags: StoreFlags,
  terminal: Terminal,
  work: (opened: OpenedStore) => Promise<Result>,
): Promise<Result> {
  return withRecords(flags, terminal, async ({ keyrings, keyUses }, { shown }) => {
    return work({ store: await sealedOrPlain(keyrings, flags, terminal), keyUses, shown })
  })
}

/** The same without the secrets: no master key is needed. */
export async function withRecords<Result>(
  flags: StoreFlags,
  terminal: Terminal,
  work: (records: OpenedRecords, url: StoreUrl) => Promise<Result>,
): Promise<Result> {
  const url = storeUrl(flags, terminal)
  const records = await openRecords(url, flags)
  try {
    return await work(records, url)
  } catch (error) {
    throw storeError(error, url.shown)
  } finally {
    await records.close()
  }
}

function storeUrl({ store }: StoreFlags, { env, stderr }: Terminal): StoreUrl {
  const text = store ?? env.COUNTERSIGN_STORE
  if (text) {
    const url = parseStoreUrl(text)
    if (store !== undefined && url.kind !== 'file' && url.hasPassword) stderr.write(SEEN_BY_OTHERS)
    return url
  }
  throw new InvalidArgumentError(
    'name the store: --store file:./folder, redis://host or postgres://host/database, or COUNTERSIGN_STORE in the environment',
  )
}

const SEEN_BY_OTHERS =
  'warning: a password in --store is visible in the list of processes and in the history of the shell; COUNTERSIGN_STORE in the environment is not\n'

/** A database's client is loaded when it is needed. */
async function openRecords(url: StoreUrl, flags: StoreFlags): Promise<OpenedRecords> {
  requireFitting(url, flags)
  if (url.kind === 'file') return (await import('./open-files.js')).openFiles(url.folder)
  const options = { prefix: flags.storePrefix, schema: flags.storeSchema }
  try {
    return url.kind === 'redis'
      ? await (await import('./open-redis.js')).openRedis(url.url, options)
      : await (await import('./open-postgres.js')).openPostgres(url.url, options)
  } catch (error) {
    // Nothing was asked yet: a prefix or a schema that cannot be.
    if (error instanceof CountersignError) throw new InvalidArgumentError(error.message)
    throw notAnswering(url.shown, error)
  }
}

/** An option that does nothing would be a store other than the one that was meant. */
function requireFitting({ kind }: StoreUrl, { storePrefix, storeSchema }: StoreFlags): void {
  if (storePrefix !== undefined && kind !== 'redis') throw new InvalidArgumentError('--store-prefix is for redis://')
  if (storeSchema !== undefined && kind !== 'postgres')
    throw new InvalidArgumentError('--store-schema is for postgres://')
}
