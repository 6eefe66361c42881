import { expectThat } from './expect.js'
import { expectAnswer, expectClaimed, expectDone, expectInProgress } from './store-expect.js'
import { type StoreCase, storeCase } from './store-session.js'

/** What a claim is told, in each state that a key can be in. */
export const claimCases: readonly StoreCase[] = [
  storeCase('claim: a new key is claimed, as the first attempt', async ({ store, long, key }) => {
    await expectClaimed(store.claim(key(), long), 1)
  }),

  storeCase('claim: one that another holds is in progress, for at most its lease', async (session) => {
    const { store, other, long } = session
    const key = session.key()
    await expectClaimed(store.claim(key, long), 1)
    await expectInProgress(other.claim(key, long), long)
    await expectInProgress(store.claim(key, long * 2), long)
  }),

  storeCase('claim: in progress says how long the lease still lasts', async (session) => {
    const { store, other, brief, long, wait } = session
    const key = session.key()
    await expectClaimed(store.claim(key, long), 1)
    await wait(brief)
    // A timer may be early by a few milliseconds of the store's clock.
    const retryAfterMs = await expectInProgress(other.claim(key, long), long - brief + 20)
    expectThat(retryAfterMs > long / 2, `about ${long - brief} ms left`, `${retryAfterMs} ms`)
  }),

  storeCase('claim: each has a token of its own', async ({ store, other, brief, long, key, outlast }) => {
    const keys = Array.from({ length: 40 }, key)
    const clientOf = (index: number) => (index % 2 === 0 ? store : other)
    const first = await Promise.all(keys.map((one, index) => expectClaimed(clientOf(index).claim(one, brief), 1)))
    await outlast()
    const second = await Promise.all(keys.map((one, index) => expectClaimed(clientOf(index).claim(one, long), 2)))
    const different = new Set([...first, ...second].map(({ token }) => token)).size
    expectThat(different === 80, '80 different tokens for 80 claims', String(different))
  }),

  storeCase(
    'claim: when the lease has run out, the next one gets it',
    async ({ store, other, brief, long, ...rest }) => {
      const key = rest.key()
      await expectClaimed(store.claim(key, brief), 1)
      await rest.outlast()
      await expectClaimed(other.claim(key, long), 2)
      await expectInProgress(store.claim(key, long), long)
    },
  ),

  storeCase('release: the next claim gets it at once', async ({ store, other, long, key: newKey }) => {
    const key = newKey()
    const { token } = await expectClaimed(store.claim(key, long), 1)
    await expectAnswer('release', store.release(key, token), true)
    await expectClaimed(other.claim(key, long), 2)
  }),

  storeCase('complete: further claims are told that it is done', async ({ store, other, long, key: newKey }) => {
    const key = newKey()
    const { token } = await expectClaimed(store.claim(key, long), 1)
    await expectAnswer('complete', store.complete(key, token, long), true)
    await expectDone(store.claim(key, long))
    await expectDone(other.claim(key, long))
  }),

  storeCase('complete: it is still done when the lease would have run out', async (session) => {
    const { store, other, brief, long } = session
    const key = session.key()
    const { token } = await expectClaimed(store.claim(key, brief), 1)
    await expectAnswer('complete', store.complete(key, token, long), true)
    await session.outlast()
    await expectDone(other.claim(key, long))
  }),

  storeCase('complete: when keepMs have passed, the key is new', async ({ store, other, brief, long, ...rest }) => {
    const key = rest.key()
    const { token } = await expectClaimed(store.claim(key, long), 1)
    await expectAnswer('complete', store.complete(key, token, brief), true)
    await rest.outlast()
    await expectClaimed(other.claim(key, long), 1)
  }),

  storeCase(
    'attempt: counts claims that were granted, through release and lapse, or is never told',
    async (session) => {
      const { store, other, brief, long } = session
      const key = session.key()
      const first = await expectClaimed(store.claim(key, long), 1)
      // Those that got nothing do not count.
      for (const client of [store, other]) await expectInProgress(client.claim(key, long), long)
      await store.release(key, first.token)
      const second = await expectClaimed(other.claim(key, brief), 2)
      await session.outlast()
      const third = await expectClaimed(store.claim(key, long), 3)
      const told = [first, second, third].filter(({ attempt }) => attempt !== undefined).length
      expectThat(told === 0 || told === 3, 'attempt in each claim, or in none', `in ${told} of 3`)
    },
  ),
]
