import type { KeyringStore } from '@countersign/core'
import { fail } from './expect.js'
import { expectSaved, PATIENCE_MS } from './keyring-expect.js'
import { smallRing } from './keyring-samples.js'
import { type KeyringCase, type KeyringSession, keyringCase } from './keyring-session.js'

/** A store that tells of changes. One that does not leaves `watch` out, and these have nothing to do. */
export const watchCases: readonly KeyringCase[] = [
  watching('a save by this client is told', async (session, watch) => {
    const name = session.name()
    const watcher = watch(session.store, name)
    await expectTold('a ring that is created', [watcher], () => expectSaved(session.store, name, smallRing()))
    const { version } = (await session.store.load(name)) ?? {}
    await expectTold('a ring that is replaced', [watcher], () => expectSaved(session.store, name, smallRing(), version))
  }),

  watching('a save by another client is told', async (session, watch) => {
    const name = session.name()
    const version = await expectSaved(session.store, name, smallRing())
    const watcher = watch(session.store, name)
    await expectTold('a save', [watcher], () => expectSaved(session.other, name, smallRing(), version))
  }),

  watching('each of several watchers is told, also where they are the same function', async (session, watch) => {
    const name = session.name()
    const watchers = [watch(session.store, name), watch(session.store, name), watch(session.other, name)]
    await expectTold('a save', watchers, () => expectSaved(session.other, name, smallRing()))
    let calls = 0
    const counted = () => {
      calls += 1
    }
    const ends = [session.store.watch?.(name, counted), session.store.watch?.(name, counted)]
    ends[0]?.()
    const { version } = (await session.store.load(name)) ?? {}
    const told = { calls: () => calls }
    await expectTold('a save, after one of two ended', [told], () =>
      expectSaved(session.other, name, smallRing(), version),
    )
    ends[1]?.()
  }),

  watching('each of several names is told', async (session, watch) => {
    const names = [session.name(), session.name(), session.name()]
    const watchers = names.map((name) => watch(session.store, name))
    for (const [index, name] of names.entries()) {
      const watcher = watchers[index] as Watcher
      await expectTold(`a save of the ${index + 1}. of them`, [watcher], () =>
        expectSaved(session.other, name, smallRing()),
      )
    }
  }),

  watching('after its end nothing is told, and others still are', async (session, watch) => {
    const name = session.name()
    const [ended, other] = [watch(session.store, name), watch(session.store, name)]
    await expectTold('a save', [ended, other], () => expectSaved(session.store, name, smallRing()))
    ended.end()
    ended.end()
    const before = ended.calls()
    const { version } = (await session.store.load(name)) ?? {}
    await expectTold('a save', [other], () => expectSaved(session.other, name, smallRing(), version))
    if (ended.calls() > before) fail('nothing after its end', `${ended.calls() - before} calls`)
  }),

  watching('an outage makes it throw nothing, and changes after it are told', async (session, watch) => {
    const { breakDown, mend } = session.subject
    if (breakDown === undefined) return
    const [name, later] = [session.name(), session.name()]
    const before = watch(session.store, name)
    await breakDown()
    let within: Watcher
    try {
      within = watch(session.store, later)
      watch(session.store, later).end()
    } finally {
      await mend?.()
    }
    // It may be connecting still: then it tells of what it could have missed.
    await expectTold('a save after it', [before], () => expectSaved(session.other, name, smallRing()))
    await expectTold('a save after it', [within], () => expectSaved(session.other, later, smallRing()))
  }),
]

interface Watcher {
  calls(): number
  end(): void
}

type Watch = (store: KeyringStore, name: string) => Watcher

function watching(what: string, run: (session: KeyringSession, watch: Watch) => Promise<void>): KeyringCase {
  return keyringCase(`watch: ${what}`, async (session) => {
    if (session.store.watch === undefined) return
    const ends: (() => void)[] = []
    const watch: Watch = (store, name) => {
      let calls = 0
      const end = store.watch?.(name, () => {
        calls += 1
      })
      if (typeof end !== 'function') fail('watch to give what ends it', typeof end)
      ends.push(end)
      return { calls: () => calls, end }
    }
    try {
      await run(session, watch)
    } finally {
      for (const end of ends) end()
    }
  })
}

/** Each is called after the change, or while it is made. */
async function expectTold(
  what: string,
  watchers: readonly Pick<Watcher, 'calls'>[],
  change: () => Promise<unknown>,
): Promise<void> {
  const before = watchers.map(({ calls }) => calls())
  await change()
  const untold = () => watchers.filter(({ calls }, index) => calls() === before[index]).length
  const deadline = Date.now() + PATIENCE_MS
  while (untold() > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5))
  if (untold() > 0) fail(`${what} to be told`, `nothing within ${PATIENCE_MS} ms, ${untold()} of ${watchers.length}`)
}
