import { CountersignError } from '@countersign/core'

/** Far away instead of infinite. The server's time and this together are still a whole number in Lua, exactly. */
const LONGEST_MS = 2 ** 52

/**
 * A duration as the scripts take it: whole milliseconds. Infinity is one.
 *
 * @throws CountersignError `option-invalid`, naming it.
 */
export function wholeMs(name: 'leaseMs' | 'keepMs', ms: number): string {
  if (!(ms >= 0)) throw new CountersignError('option-invalid', `${name} is ${String(ms)}`)
  return String(Math.min(Math.ceil(ms), LONGEST_MS))
}
