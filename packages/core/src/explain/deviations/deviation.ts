/** One way in which a delivery, or its verifier, is not what would verify. */
export interface Deviation {
  readonly code: string
  /** The end of a sentence that begins with: "Key 'key-1' would fit". */
  readonly summary: string
  readonly fix: string
}
