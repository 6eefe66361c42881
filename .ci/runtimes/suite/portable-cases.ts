import type { SuiteCase } from '@countersign/testkit'
import { keyringStoreCases } from './keyring-store-cases.js'
import { providerCases } from './provider-cases.js'
import { memoryStoreCases } from './store-cases.js'

/**
 * The cases that every runtime has to pass. This is the place for more of them: each is `{ name, run }`, where `run`
 * throws, or rejects, if what it expects does not hold. It uses what all runtimes have, which is the web's API; no
 * `node:` import, no file, no socket. Imports are by package name, so that each runtime picks the build that is its own.
 */
export function portableCases(): readonly SuiteCase[] {
  return [...providerCases(), ...memoryStoreCases(), ...keyringStoreCases()]
}
