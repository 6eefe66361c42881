import { fail } from './errors.js'

/**
 * Checks an option of an adapter.
 *
 * @throws CountersignError `provider-invalid`, naming the option and what it must be.
 */
export function requireOption(holds: boolean, provider: string, option: string, what: string): asserts holds {
  if (!holds) fail('provider-invalid', `'${provider}': ${option} must be ${what}`)
}

/** Checks that an option is one of a few. @throws CountersignError `provider-invalid`. */
export function requireOneOf(value: unknown, allowed: readonly unknown[], provider: string, option: string): void {
  if (!allowed.includes(value)) fail('provider-invalid', `'${provider}': ${option} must be ${allowed.join(' or ')}`)
}
