import { expectThat } from './expect.js'
import { expectAnswer, expectClaimed, expectDone, expectInProgress } from './store-expect.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

const LONG_TEXT = 'k'.repeat(10_000)

/** Each differs from the others in what some store, file system or collation makes no difference of. */
const ODD_ENDINGS: readonly string[] = [
  '',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '\0a',
  'a',
  'A',
  'a ',
  'a.',
  'a/',
  'a//',
  '/a',
  'a/b',
  'a\\b',
  'a:b',
  'a*',
  'a%2Fb',
  '../a',
  'ss',
  'ß',
  '\u00e9',
  'e\u0301',
  '\u{1f511}',
  '\ufffd',
  '\ud800',
  '\ud801',
  '\udc00',
  '{}',
  "'; --",
  LONG_TEXT,
  `${LONG_TEXT}a`,
  `${LONG_TEXT}b`,
]

/** Whole keys that mean something to JavaScript, a path or a pattern. */
const ODD_KEYS: readonly string[] = ['', ' ', '.', '..', '/', '__proto__', 'constructor', 'toString', 'null', '*', '\0']

/** Keys are arbitrary texts, and each is on its own. */
export const keyCases: readonly StoreCase[] = [
  storeCase('keys: what is done to one changes nothing of another', async (session) => {
    const { store, other, long } = session
    const [held, completed, released] = [session.key(), session.key(), session.key()]
    await expectClaimed(store.claim(held, long), 1)
    const { token: one } = await expectClaimed(store.claim(completed, long), 1)
    const { token: two } = await expectClaimed(store.claim(released, long), 1)
    await expectAnswer('complete', store.complete(completed, one, long), true)
    await expectAnswer('release', store.release(released, two), true)
    await expectInProgress(other.claim(held, long), long)
    await expectDone(other.claim(completed, long))
    await expectClaimed(other.claim(released, long), 2)
  }),

  storeCase('keys: odd and similar ones do not collide', async (session) => {
    const prefix = session.key()
    await expectApart(
      session,
      ODD_ENDINGS.map((ending) => prefix + ending),
    )
  }),

  storeCase('keys: odd beginnings do not collide', async (session) => {
    const suffix = session.key()
    await expectApart(
      session,
      ODD_ENDINGS.map((beginning) => beginning + suffix),
    )
  }),

  storeCase('keys: texts with a meaning elsewhere are keys like others', async ({ store, other, long }) => {
    for (const key of ODD_KEYS) {
      const claim = await store.claim(key, long)
      // Data that is shared with other runs may know the key, so the attempt is not looked at.
      expectThat(claim.state === 'claimed', `'claimed' for key ${JSON.stringify(key)}`, `'${claim.state}'`)
      await expectInProgress(other.claim(key, long), long)
      await expectAnswer(`release of key ${JSON.stringify(key)}`, other.release(key, claim.token), true)
    }
  }),
]

/** Every second one is completed, and each is then found in its own state. */
async function expectApart({ store, other, long }: Session, keys: readonly string[]): Promise<void> {
  const tokens: string[] = []
  for (const key of keys) tokens.push((await expectClaimed(store.claim(key, long), 1)).token)
  for (const [index, key] of keys.entries()) {
    if (index % 2 === 0) await expectAnswer('complete', store.complete(key, tokens[index] as string, long), true)
  }
  for (const [index, key] of keys.entries()) {
    await (index % 2 === 0 ? expectDone(other.claim(key, long)) : expectInProgress(other.claim(key, long), long))
  }
}
