/** A request as somebody captured it, to be passed on as a `Delivery`: its headers are entries. */
export interface CapturedRequest {
  /** How the capture is written: a raw HTTP message, a curl command, a HAR file, or JSON. */
  readonly format: 'http' | 'curl' | 'har' | 'json'
  /** `POST` where the capture does not say. */
  readonly method: string
  /** As the capture has it; empty where it has none. */
  readonly url: string
  /** In the order of the capture, repeats as repeats. A byte of a header is the character of that number, as servers show it. */
  readonly headers: readonly (readonly [string, string])[]
  /** The bytes of the body, as far as the capture has them: see `warnings`. */
  readonly body: Uint8Array
  /** Why the body may not be what was sent, for the user to read. */
  readonly warnings: readonly string[]
}
