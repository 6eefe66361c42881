import { advice } from '#advice'

/**
 * Every fault that is ours (the operator's, the provider author's) as a stable code; law 1. A sender's fault is never one
 * of these: it is a verdict with a reason.
 */
export type ErrorCode =
  // secrets
  | 'secret-malformed'
  | 'secret-too-short'
  | 'secret-required'
  | 'secret-in-use'
  // keyrings
  | 'key-invalid'
  | 'key-unknown'
  | 'key-not-staged'
  | 'id-in-use'
  | 'too-many-keys'
  | 'keyring-malformed'
  | 'keyring-version-unsupported'
  // rotation
  | 'grace-not-allowed'
  | 'slot-required'
  | 'other-slot-too-recent'
  | 'rotation-in-progress'
  // configuration
  | 'provider-invalid'
  | 'option-invalid'
  | 'tolerance-without-timestamp'
  | 'no-keys'
  | 'keys-invalid'
  // while verifying and signing
  | 'no-usable-key'
  | 'key-source-failed'
  | 'body-not-bytes'
  | 'body-already-read'
  | 'body-unreadable'
  | 'headers-unreadable'
  | 'schema-failed'
  | 'payload-not-json'
  | 'delivery-rejected'
  | 'ambiguous-signer'
  | 'crypto-failed'
  // stores and receivers
  | 'store-failed'
  | 'store-full'
  | 'lease-lost'
  | 'attempts-exhausted'
  // shared keyrings
  | 'keyring-missing'
  | 'version-conflict'
  | 'keyring-name-invalid'
  | 'keyring-rolled-back'
  | 'keyring-stale'
  | 'keyring-exposed'
  | 'seal-missing'
  | 'seal-broken'
  | 'master-key-malformed'
  | 'master-key-unknown'
  // explaining
  | 'request-unreadable'

const BRAND = Symbol.for('countersign.error')

/**
 * An error of ours, to be told apart by `code`. `instanceof` works across copies of this package (ESM beside CJS, two
 * versions): it asks for a registered symbol, not for this very class.
 */
export class CountersignError extends Error {
  /** Which fault it is. Codes are stable, and messages are not: compare this. */
  declare readonly code: ErrorCode

  /** The message is the code, what was met, and (in Node) what to do about it. */
  constructor(code: ErrorCode, met?: string, options?: { cause: unknown }) {
    super([code, met, advice[code]].filter((part) => part).join(': '), options)
    this.code = code
  }

  /** Always `CountersignError`, whatever a minifier makes of the class. */
  override get name(): string {
    return 'CountersignError'
  }

  /** What the other copies of this package know it by. */
  get [BRAND](): true {
    return true
  }

  /** True for the errors of every copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (value as Partial<CountersignError> | null | undefined)?.[BRAND] === true
  }
}

/** @throws CountersignError */
export function fail(code: ErrorCode, met?: string): never {
  throw new CountersignError(code, met)
}
