import { CountersignError, type Keyring, type KeyringStore, keyring } from '@countersign/core'
import { missingRing } from './load-ring.js'

/** A change of a ring, as a function of what the ring is when it is made. */
export interface RingChange {
  /** The ring after it; the very same ring if there is nothing to change. */
  readonly apply: (ring: Keyring) => Keyring
  /** Whether it is still wanted now that another was faster. Left out, it always is. */
  readonly isStillRight?: (first: Keyring, now: Keyring) => boolean
  /** Whether a ring that is not there is an empty one. */
  readonly mayCreate?: boolean
}

/** What has been changed. */
export interface ChangedRing {
  readonly before: Keyring
  readonly after: Keyring
  readonly version: string
}

/** So many operators at once are a script gone wild. */
const ATTEMPTS = 10

/**
 * Changes a ring by one save with the version that was loaded. Where another was faster, it begins again from what that one
 * has saved, if the change is still right there.
 *
 * @throws Error `keyring-missing`; CountersignError `version-conflict`; what `apply` and the store throw.
 */
export async function changeRing(
  store: KeyringStore,
  name: string,
  { apply, isStillRight = () => true, mayCreate = false }: RingChange,
): Promise<ChangedRing> {
  let first: Keyring | undefined
  for (let attempt = 1; ; attempt++) {
    const loaded = await store.load(name)
    if (loaded === undefined && !mayCreate) throw await missingRing(store, name)
    const before = loaded?.ring ?? keyring([])
    first ??= before
    if (attempt > 1 && !isStillRight(first, before)) throw overtaken(name)
    const after = apply(before)
    if (after === before && loaded !== undefined) return { before, after, version: loaded.version }
    const saved = await saveUnlessOvertaken(store, name, after, loaded?.version)
    if (saved !== undefined) return { before, after, version: saved.version }
    if (attempt === ATTEMPTS) throw overtaken(name)
  }
}

/** Undefined if another was faster. */
async function saveUnlessOvertaken(
  store: KeyringStore,
  name: string,
  ring: Keyring,
  version: string | undefined,
): Promise<{ version: string } | undefined> {
  try {
    return await store.save(name, ring, version)
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    if (error.code === 'version-conflict') return undefined
    if (error.code !== 'store-failed') throw error
    // The answer was lost, and not necessarily the write.
    const met = `it is not known whether '${name}' was saved: look at countersign keys list ${name} before you try again`
    throw Object.assign(new Error(`store-failed: ${met}`, { cause: error.cause ?? error }), { code: error.code })
  }
}

/** The ring is not what it was when the change was decided on. */
export function overtaken(name: string): CountersignError {
  return new CountersignError(
    'version-conflict',
    `another has changed '${name}' meanwhile, and nothing was done here: look at countersign keys list ${name}`,
  )
}
