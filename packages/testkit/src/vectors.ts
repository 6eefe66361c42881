import type { KeyState, RejectReason, SecretEncoding } from '@countersign/core'

/**
 * Known answers of one provider, made by something else than this library (openssl, or a delivery that the vendor sent).
 *
 * The types are as loose as those of an imported JSON file; `providerSuite` checks the rest, and says what is wrong.
 */
export interface ProviderVectors {
  /** The provider's `id`. */
  readonly provider: string
  /** One to each delivery. */
  readonly vectors: readonly Vector[]
}

/** One delivery and the verdict that it must get. */
export interface Vector {
  /** What is special about it. */
  readonly comment: string
  /** Topics, for people and tables. */
  readonly flags?: readonly string[] | undefined
  /** What the function that makes the provider is called with. */
  readonly options?: unknown
  /** The receiver's keys. */
  readonly keys: readonly VectorKey[]
  /** As they arrive; an undefined one is not there. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body as text; else `bodyBase64`. */
  readonly body?: string | undefined
  /** The body's bytes, in padded standard base64. */
  readonly bodyBase64?: string | undefined
  /** Only for schemes that sign them. */
  readonly url?: string | undefined
  /** `POST` if not given. */
  readonly method?: string | undefined
  /** The receiver's clock, in milliseconds since the epoch. */
  readonly now: number
  /** 'valid' or 'invalid'. */
  readonly result: string
  /** Of a valid one: the id of the key that matches. */
  readonly keyId?: string | undefined
  /** Of a valid one: the state of that key at `now`. */
  readonly keyState?: string | undefined
  /** Of an invalid one: the reason for the refusal. */
  readonly reason?: string | undefined
}

/** A key of the receiver's ring. The dates are milliseconds since the epoch. */
export interface VectorKey {
  /** Its id, which `keyId` of a valid vector names. */
  readonly id: string
  /** The secret as text; see `encoding`. */
  readonly secret: string
  /** 'utf8' (default), 'hex', 'base64' or 'whsec'. */
  readonly encoding?: string | undefined
  /** For a known answer with a secret shorter than the default of 8 bytes. */
  readonly minBytes?: number | undefined
  /** Which slot it belongs to, where the provider has slots. */
  readonly slot?: string | undefined
  /** When it begins to sign. */
  readonly activeFrom?: number | undefined
  /** When it begins to retire. */
  readonly retireFrom?: number | undefined
  /** When it expires. */
  readonly notAfter?: number | undefined
  /** When it was revoked. */
  readonly revokedAt?: number | undefined
}

/** A key after `checkVectors`. */
export interface CheckedKey extends VectorKey {
  readonly encoding?: SecretEncoding | undefined
}

interface CheckedDelivery extends Vector {
  readonly keys: readonly CheckedKey[]
}

/** A vector after `checkVectors`. */
export interface ValidVector extends CheckedDelivery {
  readonly result: 'valid'
  readonly keyId: string
  readonly keyState: KeyState
}

/** A vector after `checkVectors`. */
interface InvalidVector extends CheckedDelivery {
  readonly result: 'invalid'
  readonly reason: RejectReason
}

/** A vector after `checkVectors`, to be told apart by `result`. */
export type CheckedVector = ValidVector | InvalidVector
