import type { KeyUseRecord, KeyUseRecords } from '@countersign/core'
import { expectUses, use } from './key-use-expect.js'
import { type KeyUseCase, type KeyUseSession, keyUseCase } from './key-use-session.js'

const WRITERS = 30

/** At the same time, from both clients where there are two. */
export const keyUseRaceCases: readonly KeyUseCase[] = [
  keyUseCase(`race: of ${WRITERS} who record a key, the latest counts`, async (session) => {
    const name = session.ring()
    const orders = [ascending(), ascending().reverse(), shuffled()]
    for (const [round, order] of orders.entries()) {
      await all(
        session,
        name,
        order.map((index) => [use('a', round * WRITERS + index)]),
      )
      const latest = use('a', (round + 1) * WRITERS - 1)
      for (const client of [session.store, session.other]) await expectUses(client, name, [latest])
    }
  }),

  keyUseCase(`race: of ${WRITERS} who record different keys, none is lost`, async (session) => {
    const name = session.ring()
    const uses = ascending().map((index) => use(`key-${index}`, index))
    await all(
      session,
      name,
      uses.map((one) => [one]),
    )
    await expectUses(session.other, name, uses)
  }),

  keyUseCase(`race: of ${WRITERS} who record the same keys in any order, all come to an end`, async (session) => {
    const name = session.ring()
    const keys = ['a', 'b', 'c', 'd']
    const given = shuffled().map((index) => {
      const uses = keys.map((key) => use(key, index))
      return index % 2 === 0 ? uses : uses.reverse()
    })
    await all(session, name, given)
    await expectUses(
      session.store,
      name,
      keys.map((key) => use(key, WRITERS - 1)),
    )
  }),

  keyUseCase('race: a read beside writes is never behind what was confirmed', async ({ store, other, ring }) => {
    const name = ring()
    for (let index = 0; index < WRITERS; index++) {
      await store.record(name, [use('a', index)])
      const beside = Promise.all([store.record(name, [use('b', index)]), other.record(name, [use('c', index)])])
      await expectAtLeast(other, name, use('a', index))
      await beside
    }
  }),
]

async function all({ store, other }: KeyUseSession, ring: string, given: readonly KeyUseRecord[][]): Promise<void> {
  await Promise.all(given.map((uses, index) => (index % 2 === 0 ? store : other).record(ring, uses)))
}

async function expectAtLeast(store: KeyUseRecords, ring: string, wanted: KeyUseRecord): Promise<void> {
  const own = (await store.read(ring)).filter(({ keyId }) => keyId === wanted.keyId)
  await expectUses({ ...store, read: async () => own }, ring, [wanted], 'what was confirmed')
}

function ascending(): number[] {
  return Array.from({ length: WRITERS }, (_, index) => index)
}

/** In an order that looks like none, and is the same each time: 7 and the number of writers have no common divisor. */
function shuffled(): number[] {
  return ascending().map((index) => (index * 7 + 3) % WRITERS)
}
