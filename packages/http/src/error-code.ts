import { CountersignError } from '@countersign/core'

/** The code of an error of ours; anything else is only named as unexpected, since its text may hold anything. */
export function errorCodeOf(error: unknown): string {
  return error instanceof CountersignError ? error.code : 'unexpected'
}
