import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Something that runs beside others, and stops before each of its steps until it is let on. */
interface Actor {
  readonly name: string
  go: (() => void) | undefined
  stop: () => void
  result: unknown
}

/** What came of one interleaving. Who died has no result. */
export interface Outcome {
  readonly results: Readonly<Record<string, unknown>>
  readonly died: readonly string[]
}

const acting = new AsyncLocalStorage<Actor>()

/** To be awaited before each step that others can see: stops an actor, and nobody else. */
function beforeStep(): Promise<void> {
  const actor = acting.getStore()
  if (actor === undefined) return Promise.resolve()
  return new Promise((go) => {
    actor.go = go
    actor.stop()
  })
}

/**
 * Plays one interleaving of actors. `choose` takes one of so many ways, counted from 0: who goes on. Before the steps with these
 * numbers one of them dies instead.
 */
export async function play(
  runs: Readonly<Record<string, () => Promise<unknown>>>,
  choose: (ways: number) => number,
  deaths: readonly number[] = [],
): Promise<Outcome> {
  const actors: Actor[] = []
  const died: string[] = []
  for (const [name, run] of Object.entries(runs)) {
    const actor: Actor = { name, go: undefined, stop: () => undefined, result: undefined }
    actors.push(actor)
    await untilStopped(actor, () => acting.run(actor, () => ended(actor, run)))
  }
  for (let step = 0; ; step++) {
    const ready = actors.filter(({ name, go }) => go !== undefined && !died.includes(name))
    if (ready.length === 0) break
    const actor = ready[choose(ready.length)] as Actor
    if (deaths.includes(step)) died.push(actor.name)
    else await untilStopped(actor, letOn(actor))
  }
  return { results: Object.fromEntries(actors.map(({ name, result }) => [name, result])), died }
}

/** Takes the same ways for the same seed. */
export function chooser(seed: number): (ways: number) => number {
  let state = seed
  return (ways) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % ways
  }
}

async function ended(actor: Actor, run: () => Promise<unknown>): Promise<void> {
  actor.result = await run().catch((error: unknown) => error)
  actor.stop()
}

function letOn(actor: Actor): () => void {
  const { go } = actor
  actor.go = undefined
  return () => go?.()
}

function untilStopped(actor: Actor, begin: () => void): Promise<void> {
  return new Promise((stop) => {
    actor.stop = stop
    begin()
  })
}

/** A module each of whose functions is a step that others can see. */
export function steppedModule(original: Record<string, unknown>): Record<string, unknown> {
  const stepped = (call: (...given: unknown[]) => Promise<unknown>) => {
    return async (...given: unknown[]) => {
      await beforeStep()
      return call(...given)
    }
  }
  const members = Object.entries(original).map(([name, value]) => [
    name,
    typeof value === 'function' ? stepped(value as never) : value,
  ])
  return Object.fromEntries(members)
}

/** On a disk in memory where there is one, as it is the order of the steps that counts. */
export function quickDirectory(): string {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  return mkdtempSync(join(parent, 'countersign-interleaving-'))
}
