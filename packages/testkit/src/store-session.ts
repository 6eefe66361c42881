import type { IdempotencyStore } from '@countersign/core'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** A store to be examined, and what can be done to it. What it does not give is not tried. */
export interface StoreUnderTest {
  /** The store itself. */
  readonly store: IdempotencyStore
  /** Another client of the same data, as another process has it. Races then run across both. `close` closes it too. */
  readonly another?: (() => Promise<IdempotencyStore>) | undefined
  /** Steps the clock of the store, and of its other client, by milliseconds. Without it the suite waits. */
  readonly advance?: ((ms: number) => Promise<void>) | undefined
  /** Makes the store unreachable. Without it the cases about outages have nothing to do, and pass. */
  readonly breakDown?: (() => Promise<void>) | undefined
  /** Ends what `breakDown` began. */
  readonly mend?: (() => Promise<void>) | undefined
  /** What was recorded before an outage is known after it. */
  readonly persistent?: boolean | undefined
  /** Gives up what it holds. The suite calls it at the end of each case. */
  readonly close?: (() => Promise<void>) | undefined
}

/** What a case works with: one store, its clock, and keys that no other case has. */
export interface Session {
  readonly subject: StoreUnderTest
  readonly store: IdempotencyStore
  /** The other client where there is one, else the same. */
  readonly other: IdempotencyStore
  /** A duration in milliseconds that `outlast` outlasts. */
  readonly brief: number
  /** A duration in milliseconds that no case outlasts. */
  readonly long: number
  /** Lets so many milliseconds pass. */
  wait(ms: number): Promise<void>
  /** Lets all end that is `brief`. */
  outlast(): Promise<void>
  /** A new key: the data may be shared with other cases, and with other runs. */
  key(): string
}

type Start = () => Promise<StoreUnderTest>

/** A case of a store, to be given the function that starts one. */
export type StoreCase = (start: Start) => SuiteCase

/** Long, so that a store whose clock runs on between the steps comes to the same end. */
const STEPPED = { brief: 60_000, long: 3_600_000 }
/** As short as a busy machine allows: what is `brief` must not be over before the next call. */
const REAL = { brief: 400, long: 60_000 }

export function storeCase(name: string, run: (session: Session) => Promise<void>): StoreCase {
  return (start) =>
    suiteCase(name, async () => {
      const subject = await start()
      try {
        await run(await sessionOf(subject))
      } finally {
        await subject.close?.()
      }
    })
}

async function sessionOf(subject: StoreUnderTest): Promise<Session> {
  const { brief, long } = subject.advance === undefined ? REAL : STEPPED
  const wait = subject.advance ?? sleep
  return {
    subject,
    store: subject.store,
    other: (await subject.another?.()) ?? subject.store,
    brief,
    long,
    wait,
    outlast: () => wait(brief * 1.5),
    key: () => `suite-${crypto.randomUUID()}`,
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
