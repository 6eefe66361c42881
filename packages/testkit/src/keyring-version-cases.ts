import { expectThat } from './expect.js'
import { expectAbsent, expectConflict, expectLoaded, expectSaved } from './keyring-expect.js'
import { smallRing } from './keyring-samples.js'
import { type KeyringCase, keyringCase } from './keyring-session.js'

const SAVES = 12

/** What no store has given, and what a lenient one takes for a number, or for none. */
const MADE_UP: readonly string[] = [
  ...['0', '-1', '1.5', '1000000', '9007199254740993', '1e400', 'Infinity', 'NaN', 'x', '1x'],
  ...[
    ' ',
    '*',
    'null',
    'undefined',
    'latest',
    '__proto__',
    '\0',
    "' OR 1=1 --",
    'ffffffff-ffff-4fff-bfff-ffffffffffff',
  ],
]

/** Compare and set: whoever saves says what it replaces. */
export const versionCases: readonly KeyringCase[] = [
  keyringCase('version: it is another one with every save, also of the same ring', async ({ store, other, name }) => {
    const [ring, saved] = [smallRing(), name()]
    const versions = [await expectSaved(store, saved, ring)]
    for (let save = 1; save < SAVES; save++) {
      const client = save % 2 === 0 ? store : other
      versions.push(await expectSaved(client, saved, ring, versions.at(-1)))
    }
    const different = new Set(versions).size
    expectThat(different === SAVES, `${SAVES} versions`, `${different}`)
    await expectLoaded(store, saved, ring, versions.at(-1))
  }),

  keyringCase('version: what one client saves, another sees at once, and replaces', async ({ store, other, name }) => {
    const shared = name()
    let version: string | undefined
    for (let save = 0; save < SAVES; save++) {
      // Each twice, so that the other one has looked before.
      const [writer, reader] = save % 4 < 2 ? [store, other] : [other, store]
      const ring = smallRing()
      version = await expectSaved(writer, shared, ring, version)
      await expectLoaded(reader, shared, ring, version)
    }
  }),

  keyringCase('conflict: a ring is not created where there is one', async ({ store, other, name }) => {
    const [ring, taken] = [smallRing(), name()]
    const version = await expectSaved(store, taken, ring)
    await expectConflict('save without a version', store.save(taken, smallRing(), undefined))
    await expectConflict('save without a version by the other client', other.save(taken, smallRing(), undefined))
    await expectLoaded(store, taken, ring, version)
  }),

  keyringCase('conflict: a version that was replaced is not replaced again', async ({ store, other, name }) => {
    const changed = name()
    const first = await expectSaved(store, changed, smallRing())
    const second = await expectSaved(other, changed, smallRing(), first)
    const ring = smallRing()
    const third = await expectSaved(store, changed, ring, second)
    for (const stale of [first, second]) {
      await expectConflict('save with a stale version', store.save(changed, smallRing(), stale))
      await expectConflict('save with a stale version by the other client', other.save(changed, smallRing(), stale))
    }
    await expectLoaded(other, changed, ring, third)
  }),

  keyringCase('conflict: the empty version is none', async ({ store, name }) => {
    const [ring, taken, free] = [smallRing(), name(), name()]
    const version = await expectSaved(store, taken, ring)
    await expectConflict('save with an empty version', store.save(taken, smallRing(), ''))
    await expectLoaded(store, taken, ring, version)
    await expectConflict('save with an empty version where there is no ring', store.save(free, smallRing(), ''))
    await expectAbsent(store, free)
  }),

  keyringCase('conflict: a version that is made up is none', async ({ store, name }) => {
    const [ring, taken, free] = [smallRing(), name(), name()]
    const version = await expectSaved(store, taken, ring)
    for (const madeUp of MADE_UP) {
      const shown = JSON.stringify(madeUp)
      await expectConflict(`save with version ${shown}`, store.save(taken, smallRing(), madeUp))
      await expectConflict(`save with version ${shown} where there is no ring`, store.save(free, smallRing(), madeUp))
    }
    await expectLoaded(store, taken, ring, version)
    await expectAbsent(store, free)
  }),

  keyringCase('conflict: the version of another ring is none', async ({ store, name }) => {
    const [own, foreign, free] = [name(), name(), name()]
    // Ahead of the other ring, for stores that count in each ring from the start.
    let version: string | undefined
    for (let save = 0; save < 3; save++) version = await expectSaved(store, foreign, smallRing(), version)
    const ring = smallRing()
    const owned = await expectSaved(store, own, ring)
    await expectConflict("save with another ring's version", store.save(own, smallRing(), version))
    await expectConflict("save with another ring's version where there is none", store.save(free, smallRing(), version))
    await expectLoaded(store, own, ring, owned)
    await expectAbsent(store, free)
  }),

  keyringCase('conflict: who loads again can save', async ({ store, other, name }) => {
    const changed = name()
    const first = await expectSaved(store, changed, smallRing())
    const ring = smallRing()
    const second = await expectSaved(other, changed, ring, first)
    await expectConflict('save with a stale version', store.save(changed, smallRing(), first))
    const loaded = await expectLoaded(store, changed, ring, second)
    const last = smallRing()
    await expectLoaded(other, changed, last, await expectSaved(store, changed, last, loaded.version))
  }),
]
