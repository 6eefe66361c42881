import { expectAnswer, expectClaimed, expectDone, expectInProgress, expectRefusedToken } from './store-expect.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

/** What the owner of a claim can do with it, and no longer can when it is over. */
export const leaseCases: readonly StoreCase[] = [
  storeCase('extend: the lease holds on', async (session) => {
    const { key, token } = await claimed(session, session.brief)
    await expectAnswer('extend', session.store.extend(key, token, session.long), true)
    await session.outlast()
    await expectInProgress(session.other.claim(key, session.long), session.long)
  }),

  storeCase('extend: the new end counts from now, not from the old end', async (session) => {
    const { key, token } = await claimed(session, session.brief)
    await expectAnswer('extend', session.store.extend(key, token, session.brief), true)
    await session.outlast()
    await expectClaimed(session.other.claim(key, session.long), 2)
  }),

  storeCase('extend: a shorter lease ends earlier', async (session) => {
    const { key, token } = await claimed(session, session.long)
    await expectAnswer('extend', session.store.extend(key, token, session.brief), true)
    await session.outlast()
    await expectClaimed(session.other.claim(key, session.long), 2)
  }),

  storeCase('extend: the token stays good', async (session) => {
    const { key, token } = await claimed(session, session.long)
    await expectAnswer('extend', session.store.extend(key, token, session.long), true)
    await expectAnswer('extend, again', session.store.extend(key, token, session.long), true)
    await expectAnswer('complete', session.store.complete(key, token, session.long), true)
    await expectDone(session.other.claim(key, session.long))
  }),

  storeCase('complete: a second one does not reopen it', async (session) => {
    const { store, other, long } = session
    const { key, token } = await claimed(session, long)
    await expectAnswer('complete', store.complete(key, token, long), true)
    // What it resolves to is the store's choice.
    await store.complete(key, token, long)
    await expectDone(other.claim(key, long))
  }),

  storeCase('release: not after complete, which stands', async (session) => {
    const { key, token } = await completed(session)
    await expectAnswer('release after complete', session.store.release(key, token), false)
    await expectDone(session.other.claim(key, session.long))
  }),

  storeCase('extend: not after complete, which stands', async (session) => {
    const { key, token } = await completed(session)
    await expectAnswer('extend after complete', session.store.extend(key, token, session.brief), false)
    await expectDone(session.other.claim(key, session.long))
    await session.outlast()
    await expectDone(session.other.claim(key, session.long))
  }),

  storeCase('release: it ends the claim, whose token is good for nothing more', async (session) => {
    const { key, token } = await claimed(session, session.long)
    await expectAnswer('release', session.store.release(key, token), true)
    await expectRefusedToken(session, key, token)
    await expectClaimed(session.other.claim(key, session.long), 2)
  }),
]

async function claimed({ store, ...session }: Session, leaseMs: number): Promise<{ key: string; token: string }> {
  const key = session.key()
  const { token } = await expectClaimed(store.claim(key, leaseMs), 1)
  return { key, token }
}

async function completed(session: Session): Promise<{ key: string; token: string }> {
  const { key, token } = await claimed(session, session.long)
  await expectAnswer('complete', session.store.complete(key, token, session.long), true)
  return { key, token }
}
