import type { KeyUseRecords } from '@countersign/core'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** Records of key uses to be examined, and what can be done to them. What it does not give is not tried. */
export interface KeyUsesUnderTest {
  /** The records themselves. */
  readonly store: KeyUseRecords
  /** Another client of the same data, as another process has it. Races then run across both. `close` closes it too. */
  readonly another?: (() => Promise<KeyUseRecords>) | undefined
  /** Makes the store unreachable. Without it the cases about outages have nothing to do, and pass. */
  readonly breakDown?: (() => Promise<void>) | undefined
  /** Ends what `breakDown` began. */
  readonly mend?: (() => Promise<void>) | undefined
  /** What was recorded before an outage is there after it. */
  readonly persistent?: boolean | undefined
  /** Gives up what it holds. The suite calls it at the end of each case. */
  readonly close?: (() => Promise<void>) | undefined
}

/** What a case works with: one client, another, and rings that no other case has. */
export interface KeyUseSession {
  readonly subject: KeyUsesUnderTest
  readonly store: KeyUseRecords
  /** The other client where there is one, else the same. */
  readonly other: KeyUseRecords
  /** The name of a ring of which nothing was recorded: the data may be shared with other cases, and with other runs. */
  ring(): string
}

type Start = () => Promise<KeyUsesUnderTest>

/** A case of key uses, to be given the function that starts a store. */
export type KeyUseCase = (start: Start) => SuiteCase

export function keyUseCase(name: string, run: (session: KeyUseSession) => Promise<void>): KeyUseCase {
  return (start) =>
    suiteCase(name, async () => {
      const subject = await start()
      try {
        const other = (await subject.another?.()) ?? subject.store
        await run({ subject, store: subject.store, other, ring: () => `suite-${crypto.randomUUID()}` })
      } finally {
        await subject.close?.()
      }
    })
}
