import type { DigestEncoding } from './encoding.js'
import type { Hash } from './hash.js'

/** A key as an engine wants it; opaque outside the engine that made it. Equivalent to the secret. */
export interface PreparedKey {
  readonly hash: Hash
}

/** A piece of the signed content. Text counts as its UTF-8 bytes. */
export type Part = string | Uint8Array

/**
 * The one thing that differs by runtime (law 3): HMAC (RFC 2104) and constant-time comparison. `#mac` is an engine, chosen
 * by the package's `imports` condition: `node:crypto` where it exists, WebCrypto everywhere else.
 */
export interface MacEngine {
  /** Whether `mac` may read the parts after it has returned its promise's first turn: then the body is copied before. */
  readonly async: boolean
  importKey(hash: Hash, secret: Uint8Array): PreparedKey
  /**
   * The HMAC of the parts, one after the other, as text. `again`: the call before was of the same hash and the same parts, and
   * nothing has run in between, so that an engine that is not async may have them in place still. Default false.
   */
  mac(key: PreparedKey, parts: readonly Part[], encoding: DigestEncoding, again?: boolean): string | Promise<string>
  /**
   * Whether a text is the expected one, in a time that tells nothing but their lengths. The text may hold any characters, the
   * expected one none above U+00FF: neither digests nor secrets as headers show them hold any. `at`: where in the text what is
   * compared begins; it goes on to the end. Default 0. Before the text's beginning, or behind its end, nothing is equal.
   */
  equal(expected: string, text: string, at?: number): boolean
}
