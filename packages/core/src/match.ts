import { engine } from '#mac'
import type { Claimed } from './claim.js'
import type { Key } from './key.js'
import type { Plan } from './plan.js'
import type { Prepared } from './prepare.js'
import { signatureText } from './signature-text.js'

/**
 * Concludes by the first key that one of the candidates fits, or by none. One MAC for each key, whatever the headers hold,
 * and each compared with all candidates of its slot in constant time (laws 4 and 5). A promise only where the engine needs
 * one: so whoever calls has one way for both.
 */
export function match<Conclusion>(
  plan: Plan,
  prepared: Prepared,
  keys: readonly Key[],
  conclude: (key?: Key) => Conclusion | Promise<Conclusion>,
): Conclusion | Promise<Conclusion> {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as Key
    // Where the engine is not async, nothing runs between one key and the next.
    const expected = signatureText(plan, key.secret, prepared.signed, at > 0)
    if (typeof expected !== 'string') {
      return expected.then((text) =>
        fits(prepared, key, text) ? conclude(key) : match(plan, prepared, keys.slice(at + 1), conclude),
      )
    }
    if (fits(prepared, key, expected)) return conclude(key)
  }
  return conclude()
}

/** All candidates are compared, so that the time does not tell which one fitted. */
function fits(prepared: Prepared, key: Key, expected: string): boolean {
  let found = false
  for (let one: Claimed | undefined = prepared.next; one; one = one.next) {
    const { text, at, slot } = one
    if ((slot === undefined || slot === key.slot) && engine.equal(expected, text, at)) found = true
  }
  return found
}
