import type { Keyring, KeyringStore } from '@countersign/core'
import { shellWord } from '../store/shell-word.js'

export interface NamedRing {
  readonly name: string
  readonly ring: Keyring
  readonly version: string
}

/** The ring of that name. @throws Error `keyring-missing`, saying which there are. */
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

/** In the words of the command line instead of those of the library. */
export async function missingRing(store: KeyringStore, name: string): Promise<Error> {
  const names = [...(await store.list())].sort()
  const there = names.length === 0 ? 'it has none' : `it has ${names.slice(0, MOST_NAMES).join(', ')}`
  const said = `the store has no keyring '${name}'; ${there}. countersign keys add ${shellWord(name)} begins one`
  return Object.assign(new Error(`keyring-missing: ${said}`), { code: 'keyring-missing' })
}

/** A message is for reading. */
const MOST_NAMES = 20
