import { Buffer } from 'node:buffer'
// The whole module, not names out of it: `hash` is missing before Node 20.12, and a missing name is a SyntaxError.
import * as crypto from 'node:crypto'
import type { DigestEncoding } from './encoding.js'
import { BLOCK_BYTES, digestBytes, type Hash } from './hash.js'
import type { MacEngine, Part, PreparedKey } from './mac.js'

/**
 * HMAC as its two hashes (RFC 2104, section 2), with the key's two pads made once (section 4): in one go each, over buffers
 * that are used again and again. What it saves is native objects, three a MAC, which cost more than hashing a kilobyte.
 *
 * The pads are equivalent to the key and live in the JavaScript heap.
 */
interface NodeKey extends PreparedKey {
  /** The key XOR ipad. */
  readonly inner: Uint8Array
  /** The key XOR opad, and behind it the room for the inner digest. */
  readonly outer: FastBuffer
}

/** `write` by its two encodings, without a look at which it is: the same methods, which Node's types do not tell of. */
interface FastBuffer extends Buffer {
  latin1Write(text: string, at?: number): number
  utf8Write(text: string, at?: number): number
}

/** Beyond it, copying a body costs more than the object that it saves. */
const SCRATCH_BYTES = 32 * 1024
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES) as FastBuffer
const oneShot: (hash: Hash, bytes: Uint8Array, encoding: DigestEncoding | 'binary') => string =
  crypto.hash ?? ((hash, bytes, encoding) => crypto.createHash(hash).update(bytes).digest(encoding))

const importKey: MacEngine['importKey'] = (hash, secret): NodeKey => {
  const block = BLOCK_BYTES[hash]
  // A key longer than the block is replaced by its hash (RFC 2104, section 2).
  const key = secret.length > block ? crypto.createHash(hash).update(secret).digest() : secret
  const inner = Buffer.alloc(block, 0x36)
  const outer = Buffer.alloc(block + digestBytes(hash), 0x5c) as FastBuffer
  for (const [index, byte] of key.entries()) {
    inner[index] = 0x36 ^ byte
    outer[index] = 0x5c ^ byte
  }
  return { hash, inner, outer }
}

const mac: MacEngine['mac'] = (prepared, parts, encoding, again) => {
  const key = prepared as NodeKey
  // From here to the second hash nothing else may run: the buffers are shared by all calls.
  putPad(key.inner)
  if (!again) filledTo = putParts(parts, key.inner.length)
  const inner = filledTo === undefined ? hashOfLarge(key, parts) : oneShot(key.hash, filled(filledTo), 'binary')
  key.outer.latin1Write(inner, key.inner.length)
  return oneShot(key.hash, key.outer, encoding)
}

let padInScratch: Uint8Array | undefined
/** Where what follows the pad ends; undefined if it did not fit, or nothing is there yet. */
let filledTo: number | undefined

/** Before the parts: a longer pad of another hash reaches into them. */
function putPad(pad: Uint8Array): void {
  if (pad !== padInScratch) scratch.set(pad)
  padInScratch = pad
}

/** The parts, end to end: gives their end, or undefined if they do not fit. */
function putParts(parts: readonly Part[], from: number): number | undefined {
  let end = from
  for (const part of parts) {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if ((typeof part === 'string' ? part.length * 3 : part.length) > SCRATCH_BYTES - end) return undefined
    if (typeof part === 'string') {
      end += scratch.utf8Write(part, end)
    } else {
      scratch.set(part, end)
      end += part.length
    }
  }
  return end
}

/** Filled from the start: an array with holes, or one that grows, is slow to read. */
function emptySlots<T>(length: number): (T | undefined)[] {
  return Array.from({ length }, () => undefined)
}

/** A view costs as much as copying a kilobyte, so each is kept until one of another length needs its slot. */
const views = emptySlots<Uint8Array>(1024)

function filled(length: number): Uint8Array {
  const slot = length % views.length
  const kept = views[slot]
  if (kept?.length === length) return kept
  const view = scratch.subarray(0, length)
  views[slot] = view
  return view
}

function hashOfLarge({ hash, inner }: NodeKey, parts: readonly Part[]): string {
  const hashed = crypto.createHash(hash).update(inner)
  for (const part of parts) hashed.update(part)
  return hashed.digest('binary')
}

/** Where two texts of a known length are written to. By name: a list is slower. */
interface Place {
  readonly expected: FastBuffer
  readonly text: FastBuffer
  /** What is compared of it. */
  readonly textView: Uint8Array
}

/** Longest text compared in places that stay: hex and base64 of the longest digest are 128 and 88 characters. */
const LONGEST_KEPT_TEXT = 128
const places = emptySlots<Place>(LONGEST_KEPT_TEXT + 1)

/** Longest prefix that a text is written with: Node writes a slice of a text half as fast as a whole one. */
const LONGEST_PREFIX = 32

/** In `text` there is room for one character more, of four bytes at most: what is not ASCII is always seen to overrun. */
function createPlace(length: number): Place {
  const expected = Buffer.allocUnsafeSlow(length) as FastBuffer
  const text = Buffer.allocUnsafeSlow(LONGEST_PREFIX + length + 4) as FastBuffer
  return { expected, text, textView: text.subarray(LONGEST_PREFIX, LONGEST_PREFIX + length) }
}

const equal: MacEngine['equal'] = (expected, text, at = 0) => {
  const { length } = expected
  if (length !== text.length - at) return false
  // Before its beginning, too, where what was written there before would be compared.
  if (at < 0 || at > LONGEST_PREFIX) return equal(expected, text.slice(at))
  if (length <= LONGEST_KEPT_TEXT) {
    places[length] ??= createPlace(length)
    const place = places[length]
    // `expected` has no character above U+00FF, so latin1 is exact. `text` may have any, and latin1 would write U+0163 as 'c'.
    // In UTF-8 only ASCII has one byte a character.
    place.expected.latin1Write(expected, 0)
    if (place.text.utf8Write(text, LONGEST_PREFIX - at) === text.length) {
      return crypto.timingSafeEqual(place.expected, place.textView)
    }
  }
  return equalBytes(Buffer.from(expected), Buffer.from(text.slice(at)))
}

function equalBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && crypto.timingSafeEqual(one, other)
}

export const engine: MacEngine = { async: false, importKey, mac, equal }
