/** One way in which a delivery, or its verifier, is not what would verify. */
export interface Deviation {
  readonly code: string
  /** The end of a sentence that begins with: "It would verify with key 'key-1'". */
  readonly summary: string
  readonly fix: string
}
