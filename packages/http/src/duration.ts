import { CountersignError } from '@countersign/core'

/** Checks a duration that a store is given. Infinity is one. @throws CountersignError `option-invalid`, naming it. */
export function requireDuration(name: 'leaseMs' | 'keepMs', ms: number): void {
  if (!(ms >= 0)) throw new CountersignError('option-invalid', `${name} is ${String(ms)}`)
}
