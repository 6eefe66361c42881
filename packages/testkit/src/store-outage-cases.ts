import type { IdempotencyStore } from '@countersign/core'
import { fail } from './expect.js'
import { expectAnswer, expectClaimed, expectDone, expectInProgress } from './store-expect.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

/** A client that holds calls back until its server answers again keeps the sender waiting, and then acts too late. */
const PATIENCE_MS = 10_000

/** A store that is down says so; it never calls a delivery new. All of it needs `breakDown`. */
export const outageCases: readonly StoreCase[] = [
  rejects('claim of a new key', (store, { long, fresh }) => store.claim(fresh, long)),
  rejects('claim of a key that is held', (store, { long, held }) => store.claim(held, long)),
  rejects('claim of a key that is done', (store, { long, done }) => store.claim(done, long)),
  rejects('extend', (store, { long, held, token }) => store.extend(held, token, long)),
  rejects('complete', (store, { long, held, token }) => store.complete(held, token, long)),
  rejects('release', (store, { held, token }) => store.release(held, token)),

  storeCase('outage: afterwards it works again', async (session) => {
    const { store, other, long, subject } = session
    if (!(await outage(session))) return
    await subject.mend?.()
    const key = session.key()
    const { token } = await expectClaimed(store.claim(key, long), 1)
    await expectInProgress(other.claim(key, long), long)
    await expectAnswer('complete', store.complete(key, token, long), true)
    await expectDone(other.claim(key, long))
  }),

  storeCase('outage: afterwards a persistent store knows what was done and what is held', async (session) => {
    const { store, other, long, subject } = session
    if (!subject.persistent) return
    const before = await outage(session)
    if (!before) return
    await subject.mend?.()
    await expectDone(store.claim(before.done, long))
    await expectInProgress(other.claim(before.held, long), long)
    await expectAnswer('complete', store.complete(before.held, before.token, long), true)
    await expectDone(other.claim(before.held, long))
  }),
]

/** What was there before the outage. */
interface Before {
  readonly long: number
  /** Never claimed. */
  readonly fresh: string
  readonly done: string
  readonly held: string
  /** Of the claim that holds `held`. */
  readonly token: string
}

function rejects(what: string, call: (store: IdempotencyStore, before: Before) => Promise<unknown>): StoreCase {
  return storeCase(`outage: ${what} rejects`, async (session) => {
    const before = await outage(session)
    if (!before) return
    try {
      await expectRejected(what, call(session.store, before))
      await expectRejected(`${what} by the other client`, call(session.other, before))
    } finally {
      await session.subject.mend?.()
    }
  })
}

/** Undefined where the store cannot be made to fail. */
async function outage(session: Session): Promise<Before | undefined> {
  const { store, long, subject } = session
  if (subject.breakDown === undefined) return undefined
  const [fresh, done, held] = [session.key(), session.key(), session.key()]
  const first = await expectClaimed(store.claim(done, long), 1)
  await expectAnswer('complete', store.complete(done, first.token, long), true)
  const { token } = await expectClaimed(store.claim(held, long), 1)
  await subject.breakDown()
  return { long, fresh, done, held, token }
}

async function expectRejected(what: string, pending: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`nothing within ${PATIENCE_MS} ms`), PATIENCE_MS)
  })
  const settled = pending.then(
    (value) => `it resolve to ${JSON.stringify(value)}`,
    () => undefined,
  )
  const seen = await Promise.race([settled, late])
  clearTimeout(timer)
  if (seen !== undefined) fail(`${what} to reject while the store is down`, seen)
}
