import type { DigestEncoding } from './encoding.js'
import type { Hash } from './hash.js'
import type { Key, KeyState } from './key.js'

/** What a provider's `signed` makes the signed content from. */
export interface SignedMessage {
  /** The bytes that arrived. Not to be changed. */
  readonly body: Uint8Array
  /** The characters as received, never re-written. Empty where the scheme has no timestamp. */
  readonly timestamp: string
  /** The delivery id; empty where the scheme has none. */
  readonly id: string
  /** As the caller has it; empty where it says none. */
  readonly url: string
  /** `POST` where the caller says none. */
  readonly method: string
  /** The first candidate's label, where `parse` gave one. */
  readonly label?: string | undefined
}

/** One signature out of a header, as text. Labels describe; they never select a key. */
export interface Candidate {
  /** The encoded digest, in the one spelling that the field declares. Anything else is a malformed signature. */
  text: string
  /**
   * Where in `text` it begins, in characters: it goes on to the end. Default 0. For speed alone: Node takes twice as long to
   * compare what was cut out of a header.
   */
  at?: number | undefined
  /** Only this slot's keys may match. */
  slot?: string | undefined
  /** What the vendor writes beside it, such as a version; `signed` is told that of the first. */
  label?: string | undefined
}

/** What a provider's own `parse` reads from a header. */
export interface ParsedSignature {
  /** All signatures of the header, 8 at most. None is a malformed signature. */
  candidates: readonly Candidate[]
  /** The stamp, if this header carries it: the characters as received. */
  timestamp?: string | undefined
  /** The delivery id, if this header carries it. */
  id?: string | undefined
}

/** A header that carries signatures. */
export interface SignatureField {
  /** Compared without case. */
  header: string
  /** Stripped, and required, before the signature or `parse`. */
  prefix?: string
  /** How a digest is written, in its one canonical spelling (RFC 4648, section 3.5). */
  encoding: DigestEncoding
  /** Only this slot's keys may match. */
  slot?: string
  /** Where one header carries several signatures and nothing else: what stands between them. */
  separator?: string | undefined
  /** For other headers. A throw is a malformed signature. */
  parse?: (text: string) => ParsedSignature
}

/** An HMAC (RFC 2104) over content that the provider puts together from the delivery. */
export interface HmacScheme {
  /** Tells it from a `TokenScheme`. */
  kind: 'hmac'
  /** The hash of the HMAC. */
  hash: Hash
  /** Where the signatures are: one header, or up to 8 with the same encoding. */
  signature: SignatureField | readonly SignatureField[]
  /**
   * A stamp that `signed` includes: in a header of its own, or from `parse`. 'auto': 10 digits are seconds, 13 are
   * milliseconds, else RFC 3339 with a zone.
   */
  timestamp?: {
    /** Left out where `parse` of the signature gives the stamp. */
    header?: string
    /** What its digits count since the epoch. */
    unit: 's' | 'ms' | 'auto'
    /** For stamps that are no digits: milliseconds since the epoch, or undefined. `defineProvider` gives 'auto' RFC 3339's. */
    parse?: (text: string) => number | undefined
  }
  /** A delivery id header, which `signed` includes: outside the MAC it could be anything. */
  id?: {
    /** Compared without case. */
    header: string
  }
  /** The signed content, piece by piece; text counts as its UTF-8 bytes. Pure. */
  signed: (message: SignedMessage) => readonly (string | Uint8Array)[]
  /** The outward direction where `signature` is not plain: the headers a vendor sends for these digests. */
  format?: (
    digests: readonly { text: string; key: Key; state: KeyState }[],
    message: SignedMessage,
  ) => Record<string, string>
}

/** The literal secret in a header. It shows that the sender knows it, and says nothing about the body. */
export interface TokenScheme {
  /** Tells it from an `HmacScheme`. */
  kind: 'token'
  /** One header for all keys, or one for each slot. */
  header: string | Readonly<Record<string, string>>
  /** Stripped, and required, before the token. */
  prefix?: string
  /** Where one header carries several tokens: what stands between them. No secret may contain it. */
  separator?: string | undefined
}

/** How a vendor shows that a delivery is its own. */
export type Scheme = HmacScheme | TokenScheme
