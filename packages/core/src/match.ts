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
  const key = keys[index]
  if (!key) return -1
  const expected = signatureText(plan, key.secret, prepared.parts)
  const next = (text: string) => (fits(prepared, key, text) ? index : match(plan, prepared, keys, index + 1))
  return typeof expected === 'string' ? next(expected) : expected.then(next)
}

/** All candidates are compared, so that the time does not tell which one fitted. */
function fits({ candidates }: Prepared, key: Key, expected: string): boolean {
  let found = false
  for (const { text, slot } of candidates) {
    if ((slot === undefined || slot === key.slot) && engine.equal(expected, text)) found = true
  }
  return found
}
