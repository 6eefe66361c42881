import type { KeyUseRecords } from '@countersign/core'
import { expectUses, use } from './key-use-expect.js'
import { type KeyUseCase, type KeyUseSession, keyUseCase } from './key-use-session.js'
import { expectCode } from './keyring-expect.js'

/** A store that is down says so: "not used" would have an operator remove a key. All of it needs `breakDown`. */
export const keyUseOutageCases: readonly KeyUseCase[] = [
  rejects('record', (store, ring) => store.record(ring, [use('a', 2)])),
  rejects('read of what was recorded', (store, ring) => store.read(ring)),
  rejects('read where nothing was', (store, ring) => store.read(`${ring}-2`)),

  keyUseCase('outage: afterwards it works again', async (session) => {
    if (!(await outage(session))) return
    await session.subject.mend?.()
    const fresh = session.ring()
    await session.store.record(fresh, [use('a', 1)])
    await session.other.record(fresh, [use('b', 1)])
    await expectUses(session.other, fresh, [use('a', 1), use('b', 1)])
  }),

  keyUseCase('outage: afterwards a persistent store has what was recorded', async (session) => {
    const { subject, store, other } = session
    const ring = subject.persistent ? await outage(session) : undefined
    if (ring === undefined) return
    await subject.mend?.()
    for (const client of [store, other]) await expectUses(client, ring, [use('a', 1)])
  }),
]

function rejects(what: string, call: (store: KeyUseRecords, ring: string) => Promise<unknown>): KeyUseCase {
  return keyUseCase(`outage: ${what} rejects with store-failed`, async (session) => {
    const ring = await outage(session)
    if (ring === undefined) return
    try {
      await expectCode(what, call(session.store, ring), 'store-failed')
      await expectCode(`${what} by the other client`, call(session.other, ring), 'store-failed')
    } finally {
      await session.subject.mend?.()
    }
  })
}

/** A ring of which something was recorded before; undefined where the store cannot be made to fail. */
async function outage({ store, other, subject, ring }: KeyUseSession): Promise<string | undefined> {
  if (subject.breakDown === undefined) return undefined
  const name = ring()
  await store.record(name, [use('a', 1)])
  await expectUses(other, name, [use('a', 1)])
  await subject.breakDown()
  return name
}
