/** Hashes for HMAC. SHA-1 is sound in HMAC (no collision resistance needed, RFC 6194), and two of the vendors use it. */
export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** Length of the block that HMAC pads its key to, in bytes (FIPS 180-4, RFC 2104). */
export const BLOCK_BYTES: Readonly<Record<Hash, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 }

/** Length of a hash's digest in bytes (FIPS 180-4): the number in the name is its bits, except for SHA-1. */
export function digestBytes(hash: Hash): number {
  return hash === 'sha1' ? 20 : Number(hash.slice(3)) / 8
}
