import { contentCases } from './keyring-content-cases.js'
import { leakCases } from './keyring-leak-cases.js'
import { nameCases } from './keyring-name-cases.js'
import { outageCases } from './keyring-outage-cases.js'
import { raceCases } from './keyring-race-cases.js'
import type { KeyringStoreUnderTest } from './keyring-session.js'
import { versionCases } from './keyring-version-cases.js'
import { watchCases } from './keyring-watch-cases.js'
import type { SuiteCase } from './suite-case.js'

/**
 * The conformance suite of a store that keeps keyrings, to be run by whatever runs tests:
 *
 * ```js
 * for (const { name, run } of keyringStoreSuite(async () => ({ store: plaintextAtRest(myRecords()) }))) test(name, run)
 * ```
 *
 * Each case calls `start`, uses names that no other case has, and calls `close`. So the data may be shared, between cases
 * and between runs. Rings cannot be removed, so what was saved stays.
 */
export function keyringStoreSuite(start: () => Promise<KeyringStoreUnderTest>): readonly SuiteCase[] {
  const topics = [contentCases, versionCases, raceCases, nameCases, watchCases, outageCases, leakCases]
  return Object.freeze(topics.flat().map((keyringCase) => keyringCase(start)))
}
