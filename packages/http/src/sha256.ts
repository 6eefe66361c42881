/** A SHA-256 in lower-case hex: at once where Node's own is at hand, else WebCrypto's, which takes its time. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => string | Promise<string>
