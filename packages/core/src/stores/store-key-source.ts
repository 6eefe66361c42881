import { CountersignError } from '../errors.js'
import type { KeySource } from '../key-source.js'
import type { Keyring } from '../keyring.js'
import { type CachedLoader, cachedLoader, type FreshnessOptions } from './cached-loader.js'
import type { KeyringRecords } from './keyring-records.js'
import { type KeyringStore, requireName } from './keyring-store.js'
import { createRingCache } from './ring-cache.js'

/** The keyring of a delivery: one name for all, or a function to it. Undefined for a tenant that has none. */
export type KeyringName =
  | string
  | ((context: { readonly provider: string; readonly tenant?: string | undefined }) => string | undefined)

/** For `keys` of a verifier. */
export interface StoreKeySource {
  (context: Parameters<KeySource>[0]): Promise<Keyring | undefined>
  /** See `KeySource`. */
  readonly paced: true
  /** Ends the watching of the store, so that the process can end. The source can be used still. */
  close(): void
}

/**
 * Keys out of a shared store: a rotation saved there reaches this process within `refreshMs`, at once where the store tells
 * of changes, and with the first delivery that nothing else matches. Forgeries cost one load in `missIntervalMs` at most.
 *
 * While the store is down, the ring that was loaded last is used until it is `maxStaleMs` old. Then, and whenever nothing
 * matches and the store cannot be asked, the source rejects: the receiver answers 503, and the vendor tries again.
 *
 * With a function for a name, names that the store does not list are unknown tenants. They cost one look at the list in
 * `missIntervalMs`, and no memory.
 *
 * @throws CountersignError `option-invalid`, `keyring-name-invalid`. The source rejects with `keyring-missing` (no ring of that
 * one name), `keyring-stale`, or what the store rejected with.
 */
export function keySource(store: KeyringStore, name: KeyringName, options: FreshnessOptions = {}): StoreKeySource {
  requireStore(store)
  requireNameOrFunction(name)
  const rings = new Map<string, WatchedRing>()
  let isClosed = false

  function ringOf(name: string): WatchedRing {
    const known = rings.get(name) ?? watchedRing(store, name, options, isClosed)
    rings.set(name, known)
    return known
  }

  const names = cachedLoader(async () => {
    const listed = new Set(await store.list())
    for (const [name, ring] of rings) if (!listed.has(name) && rings.delete(name)) ring.end()
    return listed
  }, options)

  async function tenantRing(name: string, refresh: boolean): Promise<Keyring | undefined> {
    const isListed = (await names.get(false)).has(name) || (await names.get(true)).has(name)
    return isListed ? ringOf(name).get(refresh) : undefined
  }

  async function onlyRing(name: string, refresh: boolean): Promise<Keyring> {
    const ring = await ringOf(name).get(refresh)
    if (ring === undefined) throw new CountersignError('keyring-missing', `the store has no '${name}'`)
    return ring
  }

  // Watched from the start on, not from the first delivery on.
  if (typeof name === 'string') ringOf(name)
  const source = async (context: Parameters<KeySource>[0]) => {
    if (typeof name === 'string') return onlyRing(name, context.refresh)
    const chosen = name(context)
    return chosen === undefined ? undefined : tenantRing(chosen, context.refresh)
  }
  return Object.assign(source, {
    paced: true as const,
    close() {
      isClosed = true
      for (const ring of rings.values()) ring.end()
    },
  })
}

/** What is forgotten most easily is to say how the records are kept. */
function requireStore(store: Partial<KeyringStore & KeyringRecords> | undefined): void {
  if (typeof store?.load === 'function') return
  const fix =
    typeof store?.read === 'function'
      ? 'these are records: make a store of them with sealed(records, masterKey)'
      : 'keySource takes what sealed() or plaintextAtRest() made'
  throw new CountersignError('option-invalid', fix)
}

function requireNameOrFunction(name: unknown): void {
  if (typeof name !== 'function') requireName(name)
}

interface WatchedRing extends CachedLoader<Keyring | undefined> {
  /** Ends the watching. */
  end(): void
}

function watchedRing(store: KeyringStore, name: string, options: FreshnessOptions, isClosed: boolean): WatchedRing {
  const cache = createRingCache(() => store.load(name), options)
  const end = isClosed ? undefined : store.watch?.(name, cache.renew)
  return { ...cache, end: end ?? (() => {}) }
}
