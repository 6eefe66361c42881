import { engine } from '#mac'
import type { Key } from './key.js'
import type { Plan } from './plan.js'
import type { Prepared } from './prepare.js'
import { signatureText } from './signature-text.js'

/**
 * The index of the first key (from `index` on) that one of the candidates fits, or -1. One MAC for each key, whatever the
 * headers hold, and each compared with all candidates of its slot in constant time (laws 4 and 5). A promise only where
 * the engine needs one. A number, so that nothing else passes for a match: a promise that is not known for one is no key.
 */
export function match(plan: Plan, prepared: Prepared, keys: readonly Key[], index = 0): number | Promise<number> {
  for (let at = index; at < keys.length; at++) {
    const key = keys[at] as Key
    const expected = signatureText(plan, key.secret, prepared.parts)
    if (typeof expected !== 'string') {
      return expected.then((text) => (fits(prepared, key, text) ? at : match(plan, prepared, keys, at + 1)))
    }
    if (fits(prepared, key, expected)) return at
  }
  return -1
}

/** All candidates are compared, so that the time does not tell which one fitted. */
function fits({ candidates }: Prepared, key: Key, expected: string): boolean {
  let found = false
  for (const { text, slot } of candidates) {
    if ((slot === undefined || slot === key.slot) && engine.equal(expected, text)) found = true
  }
  return found
}
