import { CountersignError, type Keyring, type KeyringStore } from '@countersign/core'

export interface NamedRing {
  readonly name: string
  readonly ring: Keyring
  readonly version: string
}

/** The ring of that name. @throws CountersignError `keyring-missing`, saying which there are. */
export async function loadRing(store: KeyringStore, name: string): Promise<NamedRing> {
  const loaded = await store.load(name)
  if (loaded === undefined) throw await missingRing(store, name)
  return { name, ...loaded }
}

/** All rings by their names, in that order; without one that has gone meanwhile. */
export async function loadRings(store: KeyringStore): Promise<readonly NamedRing[]> {
  const rings: NamedRing[] = []
  for (const name of [...(await store.list())].sort()) {
    const loaded = await store.load(name)
    if (loaded !== undefined) rings.push({ name, ...loaded })
  }
  return rings
}

export async function missingRing(store: KeyringStore, name: string): Promise<CountersignError> {
  const names = [...(await store.list())].sort()
  const there = names.length === 0 ? 'it has none' : `it has ${names.slice(0, MOST_NAMES).join(', ')}`
  return new CountersignError('keyring-missing', `the store has no keyring '${name}'; ${there}`)
}

/** A message is for reading. */
const MOST_NAMES = 20
