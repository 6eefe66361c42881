import { keyUseCases } from './key-use-cases.js'
import { keyUseOutageCases } from './key-use-outage-cases.js'
import { keyUseRaceCases } from './key-use-race-cases.js'
import type { KeyUsesUnderTest } from './key-use-session.js'
import type { SuiteCase } from './suite-case.js'

/**
 * The conformance suite of a `KeyUseRecords`, to be run by whatever runs tests:
 *
 * ```js
 * for (const { name, run } of keyUseSuite(async () => ({ store: myKeyUses() }))) test(name, run)
 * ```
 *
 * Each case calls `start`, uses rings that no other case has, and calls `close`. So the data may be shared, between cases
 * and between runs. What was recorded stays.
 */
export function keyUseSuite(start: () => Promise<KeyUsesUnderTest>): readonly SuiteCase[] {
  const topics = [keyUseCases, keyUseRaceCases, keyUseOutageCases]
  return Object.freeze(topics.flat().map((useCase) => useCase(start)))
}
