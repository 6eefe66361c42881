import { expectAnswer, expectClaimed, expectDone, expectInProgress, expectRefusedToken } from './store-expect.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

/** A key that has changed hands. */
interface Lost {
  readonly key: string
  readonly oldToken: string
  readonly newToken: string
}

/**
 * Once another has claimed the key, the older token is refused and changes nothing. What the owner of a lease that has
 * run out and that nobody else has claimed is told, is not looked at.
 */
export const fenceCases: readonly StoreCase[] = [
  storeCase('fencing: an older token does not extend', async (session) => {
    const { key, oldToken } = await lost(session, session.brief)
    await expectAnswer('extend with the older token', session.store.extend(key, oldToken, session.long), false)
    await expectInProgress(session.store.claim(key, session.long), session.brief)
    await session.outlast()
    await expectClaimed(session.store.claim(key, session.long), 3)
  }),

  storeCase('fencing: an older token does not shorten', async (session) => {
    const lease = await lost(session, session.long)
    const { store, brief } = session
    await expectAnswer('extend with the older token', store.extend(lease.key, lease.oldToken, brief), false)
    await session.outlast()
    await expectHeld(session, lease)
  }),

  storeCase('fencing: an older token does not complete', async (session) => {
    const lease = await lost(session, session.long)
    const { store, long } = session
    await expectAnswer('complete with the older token', store.complete(lease.key, lease.oldToken, long), false)
    await expectHeld(session, lease)
  }),

  storeCase('fencing: an older token does not release', async (session) => {
    const lease = await lost(session, session.long)
    await expectAnswer('release with the older token', session.store.release(lease.key, lease.oldToken), false)
    await expectHeld(session, lease)
  }),

  storeCase('fencing: a token that was released is refused once another has claimed', async (session) => {
    const { store, other, long } = session
    const key = session.key()
    const { token: oldToken } = await expectClaimed(store.claim(key, long), 1)
    await expectAnswer('release', store.release(key, oldToken), true)
    const { token: newToken } = await expectClaimed(other.claim(key, long), 2)
    await expectRefusedToken(session, key, oldToken)
    await expectHeld(session, { key, newToken })
  }),

  storeCase('fencing: an older token changes nothing of what another has completed', async (session) => {
    const { key, oldToken, newToken } = await lost(session, session.long)
    await expectAnswer('complete', session.other.complete(key, newToken, session.long), true)
    await expectRefusedToken(session, key, oldToken)
    await session.outlast()
    await expectDone(session.store.claim(key, session.long))
  }),

  storeCase('fencing: a token of before the key was forgotten is refused', async (session) => {
    const { store, other, brief, long } = session
    const key = session.key()
    const { token: oldToken } = await expectClaimed(store.claim(key, long), 1)
    await expectAnswer('complete', store.complete(key, oldToken, brief), true)
    await session.outlast()
    const { token: newToken } = await expectClaimed(other.claim(key, long), 1)
    await expectRefusedToken(session, key, oldToken)
    await expectHeld(session, { key, newToken })
  }),

  storeCase('token: none but the very one is taken', async (session) => {
    const { store, long } = session
    const [key, otherKey] = [session.key(), session.key()]
    const { token } = await expectClaimed(store.claim(key, long), 1)
    const { token: foreign } = await expectClaimed(store.claim(otherKey, long), 1)
    for (const wrong of [foreign, ...wrongTokens(token)]) await expectRefusedToken(session, key, wrong)
    await expectHeld(session, { key, newToken: token })
  }),

  storeCase('token: of an unknown key none is taken, and the key stays new', async (session) => {
    const { store, long } = session
    const { token } = await expectClaimed(store.claim(session.key(), long), 1)
    const key = session.key()
    for (const wrong of [token, '', 'garbage']) await expectRefusedToken(session, key, wrong)
    await expectClaimed(session.other.claim(key, long), 1)
  }),
]

/** Claimed by one, run out, and claimed by the other for `leaseMs`. */
async function lost({ store, other, brief, ...session }: Session, leaseMs: number): Promise<Lost> {
  const key = session.key()
  const { token: oldToken } = await expectClaimed(store.claim(key, brief), 1)
  await session.outlast()
  const { token: newToken } = await expectClaimed(other.claim(key, leaseMs), 2)
  return { key, oldToken, newToken }
}

/** The new owner's claim is as it was: it holds, its lease is `long`, and it can be completed. */
async function expectHeld(
  { store, other, long }: Session,
  { key, newToken }: Pick<Lost, 'key' | 'newToken'>,
): Promise<void> {
  await expectInProgress(store.claim(key, long), long)
  await expectAnswer('complete by the owner', other.complete(key, newToken, long), true)
  await expectDone(store.claim(key, long))
}

function wrongTokens(token: string): readonly string[] {
  const swapped = token === token.toUpperCase() ? token.toLowerCase() : token.toUpperCase()
  return [
    '',
    'garbage',
    `${token} `,
    ` ${token}`,
    `${token}\0`,
    token.slice(0, -1),
    swapped === token ? `${token}x` : swapped,
    '*',
    '../../x',
    "' OR '1'='1",
    '__proto__',
    'undefined',
    '\ud800',
    'x'.repeat(10_000),
  ]
}
