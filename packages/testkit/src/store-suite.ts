import { claimCases } from './store-claim-cases.js'
import { fenceCases } from './store-fence-cases.js'
import { keyCases } from './store-key-cases.js'
import { leaseCases } from './store-lease-cases.js'
import { modelCases } from './store-model-cases.js'
import { outageCases } from './store-outage-cases.js'
import { raceCases } from './store-race-cases.js'
import type { StoreUnderTest } from './store-session.js'
import type { SuiteCase } from './suite-case.js'

/**
 * The conformance suite of a store that remembers deliveries, to be run by whatever runs tests:
 *
 * ```js
 * for (const { name, run } of storeSuite(async () => ({ store: myStore() }))) test(name, run)
 * ```
 *
 * Each case calls `start`, uses keys that no other case has, and calls `close`. So the data may be shared, between cases
 * and between runs. A case steps the clock by some hours at most.
 */
export function storeSuite(start: () => Promise<StoreUnderTest>): readonly SuiteCase[] {
  const topics = [claimCases, leaseCases, fenceCases, keyCases, raceCases, outageCases, modelCases]
  return Object.freeze(topics.flat().map((storeCase) => storeCase(start)))
}
