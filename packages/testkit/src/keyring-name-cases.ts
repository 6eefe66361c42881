import { expectThat } from './expect.js'
import { expectAbsent, expectCode, expectLoaded, expectSaved } from './keyring-expect.js'
import { smallRing } from './keyring-samples.js'
import { type KeyringCase, type KeyringSession, keyringCase } from './keyring-session.js'

const LONGEST = 80

/** Each differs from the others in what some file system, collation or pattern makes no difference of. */
const ODD_ENDS: readonly string[] = [
  ...['', 'a', 'A', 'ab', 'aB', 'Ab', 'AB', 'a.', 'a..', '.a', 'a/', 'a//', '/a', '/A', 'a.b', 'a/b', 'a:b', 'a_b'],
  ...['a-b', 'a@b', 'a::b', '../a', './a', 'a/../b', 'a/.', ':', '_', '-', '@', '.', '..', '/', '2fa', '2Fa', '/1'],
]

/** Whole names that mean something to JavaScript, a path or a system. */
const MEANINGFUL: readonly string[] = [
  ...['.', '..', '/', '__proto__', 'constructor', 'toString', 'null', 'con', 'NUL', '1', '-', '@', ':'],
]

/** No ring can be saved under these. They may come from a sender, so loading them is no fault. */
const REFUSED: readonly string[] = [
  ...['', ' ', 'a b', ' a', 'a ', 'a\n', 'a\0', 'a\\b', 'a*', 'a?', 'a%', 'a%2Fb', "a'b", 'a"b', 'a;b', 'a|b', 'a#b'],
  ...['ä', 'a\u0301', '\u{1f511}', '\u212a', 'x'.repeat(LONGEST + 1), 'x'.repeat(10_000)],
]

/** Names are 1 to 80 letters, digits or `._:/@-`, and each ring is on its own. */
export const nameCases: readonly KeyringCase[] = [
  keyringCase('names: similar endings do not collide', async (session) => {
    const start = session.name()
    await expectApart(
      session,
      ODD_ENDS.map((end) => start + end),
    )
  }),

  keyringCase('names: similar beginnings do not collide', async (session) => {
    const end = session.name()
    await expectApart(
      session,
      ODD_ENDS.map((start) => start + end),
    )
  }),

  keyringCase('names: the longest are told apart by their last character', async (session) => {
    const start = session.name().padEnd(LONGEST - 1, 'x')
    await expectApart(session, [start, `${start}x`, `${start}y`, `${start}X`, `${start}/`])
  }),

  keyringCase('names: those with a meaning elsewhere are names like others', async ({ store, other }) => {
    for (const name of MEANINGFUL) {
      const ring = smallRing()
      // Data that is shared with other runs may have it.
      const before = await store.load(name)
      await expectLoaded(other, name, ring, await expectSaved(store, name, ring, before?.version))
    }
  }),

  keyringCase('names: what is no name is refused, and no ring has it', async ({ store, other }) => {
    for (const name of REFUSED) {
      const shown = JSON.stringify(name.length > LONGEST ? `${name.slice(0, 9)}...` : name)
      await expectCode(`save as ${shown}`, store.save(name, smallRing(), undefined), 'keyring-name-invalid')
      await expectAbsent(other, name)
    }
    const listed = (await other.list()).filter((name) => REFUSED.includes(name))
    expectThat(listed.length === 0, 'none of them in the list', `${listed.length} of them`)
  }),

  keyringCase('list: each that was saved, once', async ({ store, other, name }) => {
    const saved = [name(), `${name()}/A`, `${name()}:a.b`] as const
    await expectSaved(store, saved[0], smallRing())
    await expectSaved(other, saved[1], smallRing())
    await expectSaved(other, saved[2], smallRing(), await expectSaved(store, saved[2], smallRing()))
    for (const client of [store, other]) {
      const listed = (await client.list()).filter((one) => saved.some((own) => own === one))
      expectThat([...listed].sort().join() === [...saved].sort().join(), saved.join(' and '), listed.join(' and '))
    }
  }),

  keyringCase('list: none that was asked for, and never saved', async ({ store, other, name }) => {
    const [absent, refused] = [name(), name()]
    await expectAbsent(store, absent)
    await expectCode('save with a version', store.save(refused, smallRing(), '1'), 'version-conflict')
    for (const client of [store, other]) {
      const listed = (await client.list()).filter((one) => one === absent || one === refused)
      expectThat(listed.length === 0, 'neither of them', listed.join(' and '))
    }
  }),
]

async function expectApart({ store, other }: KeyringSession, names: readonly string[]): Promise<void> {
  const saved = []
  for (const name of names) {
    const ring = smallRing()
    saved.push({ name, ring, version: await expectSaved(store, name, ring) })
  }
  for (const { name, ring, version } of saved) await expectLoaded(other, name, ring, version)
  const listed = new Set(await store.list())
  const missing = names.filter((name) => !listed.has(name))
  expectThat(missing.length === 0, 'all of them in the list', `none of ${missing.join(' and ')}`)
}
