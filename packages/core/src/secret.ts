import { utf8 } from './encoding.js'
import { fail } from './errors.js'

/** Opaque; nothing prints it. An interface, so that ESM and CJS copies mix. */
export interface Secret {
  /** Length of the decoded key in bytes. */
  readonly byteLength: number
}

/**
 * How text stands for the bytes of a key: its UTF-8, hex, padded standard base64, or (of Standard Webhooks)
 * `whsec_` and base64.
 */
export type SecretEncoding = 'utf8' | 'hex' | 'base64' | 'whsec'

export interface Material {
  readonly bytes: Uint8Array
  readonly text: string
  readonly encoding: SecretEncoding
}

/** Registered, so that one copy of this package reads a secret that another copy made (law 11). */
const MATERIAL = Symbol.for('countersign.secret')
const REDACTED = '[secret]'

/**
 * A class where a closure would do for once: a `#private` field is the one place that no inspector, clone or serializer
 * looks into. Methods, never getters: `util.inspect` with `getters` would run those.
 */
export class OpaqueSecret implements Secret {
  declare readonly byteLength: number
  readonly #material: Material

  constructor(material: Material) {
    this.#material = material
    this.byteLength = material.bytes.length
    Object.freeze(this)
  }

  [MATERIAL](): Material {
    return this.#material
  }
  toString(): string {
    return REDACTED
  }
  toJSON(): string {
    return REDACTED
  }
}

/** How text is made a secret. */
export interface SecretOptions {
  /** How the text stands for bytes. Default 'utf8': the text's own bytes, nothing stripped. */
  encoding?: SecretEncoding | undefined
  /** Shortest key accepted, in bytes. Default 8. */
  minBytes?: number | undefined
  /** Accept white space at an edge, which is nearly always a paste or a trailing newline of a file. */
  verbatim?: boolean | undefined
}

/** Whether a secret can be made of it: text, not of white space alone, without a lone surrogate, which would become U+FFFD. */
export function isWholeText(text: unknown): text is string {
  return typeof text === 'string' && !!text.trim() && !/\p{Surrogate}/u.test(text)
}

/**
 * A bare string's secret, of its own bytes. No message holds the text. `secret` has more ways, and is no more than this where
 * nothing is said; that this does not call it keeps its encodings out of a browser's bundle.
 *
 * @throws CountersignError `secret-malformed` (no text, only white space, white space at an edge, or a lone surrogate) or
 * `secret-too-short` (under 8 bytes).
 */
export function createSecret(text: unknown): Secret {
  if (!isWholeText(text) || text.trim() !== text) fail('secret-malformed')
  const bytes = utf8(text)
  if (bytes.length < 8) fail('secret-too-short', 'under 8 bytes')
  return new OpaqueSecret({ bytes, text, encoding: 'utf8' })
}

interface Holder {
  [MATERIAL](): Material
}

/** Whether a value is a secret, made by whichever copy of this package. */
export function isSecret(value: unknown): value is Secret {
  return typeof (value as Partial<Holder> | null | undefined)?.[MATERIAL] === 'function'
}

/** A secret as it is, and text as a secret of its own bytes. Throws as `createSecret`. */
export function toSecret(value: unknown): Secret {
  return isSecret(value) ? value : createSecret(value)
}

export function materialOf(secret: Secret): Material {
  return (secret as Secret & Holder)[MATERIAL]()
}

/** The text that the secret was made from. The one way back, to be found by grep. */
export function reveal(secret: Secret): string {
  return materialOf(secret).text
}

/** The decoded key; not to be changed, not to be handed out. */
export function secretBytes(secret: Secret): Uint8Array {
  return materialOf(secret).bytes
}

export function secretEncoding(secret: Secret): SecretEncoding {
  return materialOf(secret).encoding
}

/** Equal keys, compared without an early exit. Keys that HMAC itself cannot tell apart (trailing NULs) count as different. */
export function sameSecret(one: Secret, other: Secret): boolean {
  const a = secretBytes(one)
  const b = secretBytes(other)
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}
