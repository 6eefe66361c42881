import { CountersignError } from '@countersign/core'

/** A hundred years: PostgreSQL's times end somewhere, and `Infinity` is a duration. */
const LONGEST_MS = 100 * 365 * 24 * 60 * 60 * 1000

/** A duration in milliseconds, for a statement. @throws CountersignError `option-invalid`, naming it. */
export function durationText(name: 'leaseMs' | 'keepMs', ms: number): string {
  if (!(ms >= 0)) throw new CountersignError('option-invalid', `${name} is ${String(ms)}`)
  return String(Math.min(ms, LONGEST_MS))
}
