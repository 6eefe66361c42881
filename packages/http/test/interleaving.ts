import { AsyncLocalStorage } from 'node:async_hooks'

/** Takes one of so many ways on, counted from 0. */
type Choose = (ways: number) => number

/** Something that runs beside others, and stops before each of its steps until it is let on. */
interface Actor {
  readonly name: string
  /** What it would do next; undefined when it has ended. */
  next: { readonly step: string; readonly go: () => void } | undefined
  /** Resolves when it stops or ends. */
  stopped: Promise<void>
  stop: () => void
  result: unknown
}

const acting = new AsyncLocalStorage<Actor>()

/** To be awaited before each step that others can see: stops an actor, and nobody else. */
export function beforeStep(step: string): Promise<void> {
  const actor = acting.getStore()
  if (actor === undefined) return Promise.resolve()
  return new Promise((go) => {
    actor.next = { step, go }
    actor.stop()
  })
}

/** What came of one interleaving. Who died has no result. */
export interface Outcome<Name extends string> {
  readonly results: Readonly<Partial<Record<Name, unknown>>>
  readonly died: readonly Name[]
  /** The steps in their order, for a message. */
  readonly steps: readonly string[]
}

export interface Plays<Name extends string> {
  /** Called anew for each interleaving. */
  readonly start: () => Promise<Readonly<Record<Name, () => Promise<unknown>>>>
  readonly check: (outcome: Outcome<Name>) => Promise<void>
  /** How many may be killed, at any step. */
  readonly deaths?: number
}

/** Plays all interleavings of the actors' steps. Resolves to how many there are. */
export async function playAll<Name extends string>(plays: Plays<Name>): Promise<number> {
  let path: number[] = []
  for (let played = 1; ; played++) {
    const taken: { way: number; ways: number }[] = []
    await playOnce(plays, (ways) => {
      const way = path[taken.length] ?? 0
      taken.push({ way, ways })
      return way
    })
    while (taken.at(-1)?.way === (taken.at(-1)?.ways ?? 0) - 1) taken.pop()
    if (taken.length === 0) return played
    path = taken.map(({ way }, index) => (index === taken.length - 1 ? way + 1 : way))
  }
}

/** Plays some of them, the same ones each time. */
export async function playSome<Name extends string>(plays: Plays<Name>, count: number): Promise<void> {
  let state = 1
  for (let played = 0; played < count; played++) {
    await playOnce(plays, (ways) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return (state >>> 8) % ways
    })
  }
}

async function playOnce<Name extends string>({ start, check, deaths = 0 }: Plays<Name>, choose: Choose): Promise<void> {
  const runs = await start()
  const actors: Actor[] = []
  for (const name of Object.keys(runs)) actors.push(await begin(name, runs[name as Name]))
  const steps: string[] = []
  const died: Name[] = []
  for (;;) {
    await Promise.all(actors.map(({ stopped }) => stopped))
    const ready = actors.filter(({ name, next }) => next !== undefined && !died.includes(name as Name))
    if (ready.length === 0) break
    const mayDie = died.length < deaths
    const way = choose(ready.length * (mayDie ? 2 : 1))
    const actor = ready[way % ready.length] as Actor
    if (way >= ready.length) died.push(actor.name as Name)
    steps.push(`${actor.name}: ${way < ready.length ? actor.next?.step : 'dies'}`)
    if (way < ready.length) letOn(actor)
  }
  const results = Object.fromEntries(actors.map(({ name, result }) => [name, result])) as Outcome<Name>['results']
  try {
    await check({ results, died, steps })
  } catch (error) {
    throw new Error(`${String(error)}\n${steps.join('\n')}\n${JSON.stringify(results)}`, { cause: error })
  }
}

/** Lets it run up to its first step: what comes before that nobody sees. */
async function begin(name: string, run: () => Promise<unknown>): Promise<Actor> {
  const actor: Actor = { name, next: undefined, stopped: Promise.resolve(), stop: () => undefined, result: undefined }
  untilStopped(actor)
  acting
    .run(actor, run)
    .catch((error) => error)
    .then((result) => {
      actor.result = result
      actor.stop()
    })
  await actor.stopped
  return actor
}

function letOn(actor: Actor): void {
  const next = actor.next
  actor.next = undefined
  untilStopped(actor)
  next?.go()
}

function untilStopped(actor: Actor): void {
  actor.stopped = new Promise((stop) => {
    actor.stop = stop
  })
}
