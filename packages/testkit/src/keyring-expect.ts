import {
  CountersignError,
  type ErrorCode,
  exportKeyring,
  type Keyring,
  type KeyringStore,
  type StoredKeyring,
} from '@countersign/core'
import { expectThat, fail } from './expect.js'

/** A client that holds calls back until its server answers again keeps the sender waiting. In milliseconds. */
export const PATIENCE_MS = 10_000

/** Saved where there was none, or in the place of the expected version. Resolves to the new version. */
export async function expectSaved(
  store: KeyringStore,
  name: string,
  ring: Keyring,
  expectedVersion?: string,
): Promise<string> {
  const { version } = await store.save(name, ring, expectedVersion)
  expectThat(typeof version === 'string' && version !== '', 'a version', JSON.stringify(version))
  return version
}

/** The very ring, to the letter of its export, and that version if one is given. */
export async function expectLoaded(
  store: KeyringStore,
  name: string,
  ring: Keyring,
  version?: string,
): Promise<StoredKeyring> {
  const stored = await store.load(name)
  if (stored === undefined) fail('the ring that was saved', 'none')
  expectSame(ring, stored.ring)
  const isVersion = version === undefined || stored.version === version
  expectThat(isVersion, `version ${JSON.stringify(version)}, as save gave it`, JSON.stringify(stored.version))
  return stored
}

export async function expectAbsent(store: KeyringStore, name: string): Promise<void> {
  const stored = await store.load(name)
  if (stored !== undefined) fail('undefined, as there is none', `a ring as version ${JSON.stringify(stored.version)}`)
}

export function isSame(one: Keyring, other: Keyring): boolean {
  return exportKeyring(one) === exportKeyring(other)
}

/** Without the secrets in the message: it would end up in the log of whatever runs this. */
function expectSame(saved: Keyring, loaded: Keyring): void {
  if (isSame(saved, loaded)) return
  const different = saved.keys.find((key, index) => {
    const own = loaded.keys[index]
    return own === undefined || exportKeyring({ ...saved, keys: [key] }) !== exportKeyring({ ...saved, keys: [own] })
  })
  const where = different && `key '${different.id}'`
  fail('the ring that was saved', `one with another ${where ?? 'number of keys, or with other tombstones'}`)
}

/** Refused, as another version is there. */
export async function expectConflict(what: string, pending: Promise<unknown>): Promise<void> {
  await expectCode(what, pending, 'version-conflict')
}

/** Rejects with that code, and within the time that a sender has. */
export async function expectCode(what: string, pending: Promise<unknown>, code: ErrorCode): Promise<CountersignError> {
  const settled = pending.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  const seen = await soon(settled)
  if (seen === undefined) fail(`${what} to reject with '${code}'`, `nothing within ${PATIENCE_MS} ms`)
  if ('value' in seen) fail(`${what} to reject with '${code}'`, `it resolve to ${resolvedText(seen.value)}`)
  const { error } = seen
  if (!(error instanceof CountersignError) || error.code !== code) {
    const met = error instanceof CountersignError ? `'${error.code}'` : `no CountersignError: ${String(error)}`
    fail(`${what} to reject with '${code}'`, met)
  }
  return error
}

/** What it resolves to; undefined if it takes too long. */
async function soon<Result>(pending: Promise<Result>): Promise<Result | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
  })
  try {
    return await Promise.race([pending, late])
  } finally {
    clearTimeout(timer)
  }
}

function resolvedText(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined'
}
