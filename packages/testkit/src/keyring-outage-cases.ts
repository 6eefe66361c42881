import type { Keyring, KeyringStore } from '@countersign/core'
import { expectAbsent, expectCode, expectConflict, expectLoaded, expectSaved } from './keyring-expect.js'
import { smallRing } from './keyring-samples.js'
import { type KeyringCase, type KeyringSession, keyringCase } from './keyring-session.js'

/** A store that is down says so; it never says that there is no ring. All of it needs `breakDown`. */
export const outageCases: readonly KeyringCase[] = [
  rejects('load of a ring', (store, { kept }) => store.load(kept)),
  rejects('load where there is no ring', (store, { absent }) => store.load(absent)),
  rejects('save of a new ring', (store, { absent }) => store.save(absent, smallRing(), undefined)),
  rejects('save in the place of a version', (store, { kept, version }) => store.save(kept, smallRing(), version)),
  rejects('list', (store) => store.list()),

  keyringCase('outage: afterwards it works again', async (session) => {
    const { store, other, subject, name } = session
    const before = await outage(session)
    if (!before) return
    for (const client of [store, other]) await expectCode('load', client.load(before.kept), 'store-failed')
    await subject.mend?.()
    const [ring, fresh] = [smallRing(), name()]
    await expectAbsent(store, fresh)
    const version = await expectSaved(store, fresh, ring)
    await expectLoaded(other, fresh, ring, version)
    await expectConflict('save where there is a ring', other.save(fresh, smallRing(), undefined))
  }),

  keyringCase('outage: afterwards a persistent store has what was saved, and its version', async (session) => {
    const { store, other, subject } = session
    if (!subject.persistent) return
    const before = await outage(session)
    if (!before) return
    await subject.mend?.()
    const { kept, ring, version } = before
    await expectLoaded(store, kept, ring, version)
    await expectLoaded(other, kept, ring, version)
    const next = smallRing()
    await expectLoaded(other, kept, next, await expectSaved(store, kept, next, version))
  }),
]

/** What was there before the outage. */
interface Before {
  readonly kept: string
  readonly ring: Keyring
  readonly version: string
  /** Never saved. */
  readonly absent: string
}

function rejects(what: string, call: (store: KeyringStore, before: Before) => Promise<unknown>): KeyringCase {
  return keyringCase(`outage: ${what} rejects with store-failed`, async (session) => {
    const before = await outage(session)
    if (!before) return
    try {
      await expectCode(what, call(session.store, before), 'store-failed')
      await expectCode(`${what} by the other client`, call(session.other, before), 'store-failed')
    } finally {
      await session.subject.mend?.()
    }
  })
}

/** Undefined where the store cannot be made to fail. */
async function outage({ store, other, subject, name }: KeyringSession): Promise<Before | undefined> {
  if (subject.breakDown === undefined) return undefined
  const [kept, absent, ring] = [name(), name(), smallRing()]
  const version = await expectSaved(store, kept, ring)
  await expectLoaded(other, kept, ring, version)
  await subject.breakDown()
  return { kept, ring, version, absent }
}
