import type { KeyringStore } from '@countersign/core'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** A keyring store to be examined, and what can be done to it. What it does not give is not tried. */
export interface KeyringStoreUnderTest {
  /** The store itself. */
  readonly store: KeyringStore
  /** Another client of the same data, as another process has it. Races then run across both. `close` closes it too. */
  readonly another?: (() => Promise<KeyringStore>) | undefined
  /** Makes the store unreachable. Without it the cases about outages have nothing to do, and pass. */
  readonly breakDown?: (() => Promise<void>) | undefined
  /** Ends what `breakDown` began. */
  readonly mend?: (() => Promise<void>) | undefined
  /** What was saved before an outage is there after it. */
  readonly persistent?: boolean | undefined
  /** Gives up what it holds. The suite calls it at the end of each case. */
  readonly close?: (() => Promise<void>) | undefined
}

/** What a case works with: one store, and names that no other case has. */
export interface KeyringSession {
  readonly subject: KeyringStoreUnderTest
  readonly store: KeyringStore
  /** The other client where there is one, else the same. */
  readonly other: KeyringStore
  /** A new name of 42 characters: the data may be shared with other cases, and with other runs. */
  name(): string
}

type Start = () => Promise<KeyringStoreUnderTest>

/** A case of a keyring store, to be given the function that starts one. */
export type KeyringCase = (start: Start) => SuiteCase

export function keyringCase(name: string, run: (session: KeyringSession) => Promise<void>): KeyringCase {
  return (start) =>
    suiteCase(name, async () => {
      const subject = await start()
      try {
        const other = (await subject.another?.()) ?? subject.store
        await run({ subject, store: subject.store, other, name: () => `suite-${crypto.randomUUID()}` })
      } finally {
        await subject.close?.()
      }
    })
}
