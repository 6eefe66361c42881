/** What is wrong with a delivery, or may be, and what to do about it. */
export interface Finding {
  /** Stable, for programs. */
  readonly code: string
  /** What was found, in one sentence. It holds no secret and no MAC. */
  readonly summary: string
  /** What to do about it, in one sentence. */
  readonly fix: string
  /** The key with which the delivery would verify. */
  readonly keyId?: string | undefined
  /** Whether it is proven: a MAC, a token or the clock said so. The others are what to look at next. */
  readonly certain: boolean
  /** Codes of the findings that have to be mended as well before the delivery verifies. */
  readonly together?: readonly string[] | undefined
  /** The bytes under which the MAC matched, where they are not those that were hashed. A function, so that no log holds a body. */
  readonly signedContent?: (() => Uint8Array) | undefined
}
