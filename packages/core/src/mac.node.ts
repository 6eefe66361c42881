import { Buffer } from 'node:buffer'
// The whole module, not names out of it: `hash` is missing before Node 20.12, and a missing name is a SyntaxError.
import * as crypto from 'node:crypto'
import type { DigestEncoding } from './encoding.js'
import { BLOCK_BYTES, digestBytes } from './hash.js'
import type { MacEngine, Part, PreparedKey } from './mac.js'

/**
 * HMAC as two one-shot hashes over a buffer that is used again and again, with the key's two pads made once (RFC 2104,
 * section 4). What it saves is native objects, three a MAC, which cost more than hashing a kilobyte.
 *
 * The pads are equivalent to the key and live in the JavaScript heap.
 */
interface NodeKey extends PreparedKey {
  /** The key XOR ipad. */
  readonly inner: Uint8Array
  /** The key XOR opad, and behind it the room for the inner digest. */
  readonly outer: Buffer
  /** The same key for bodies that do not fit. */
  readonly object: crypto.KeyObject
}

/** Beyond it, copying a body costs more than the objects that it saves. */
const SCRATCH_BYTES = 32 * 1024
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
const oneShot: typeof crypto.hash | undefined = crypto.hash

const prepare: MacEngine['prepare'] = (hash, secret): NodeKey => {
  const block = BLOCK_BYTES[hash]
  // A key longer than the block is replaced by its hash (RFC 2104, section 2).
  const key = secret.length > block ? crypto.createHash(hash).update(secret).digest() : secret
  const inner = Buffer.alloc(block, 0x36)
  const outer = Buffer.alloc(block + digestBytes(hash), 0x5c)
  for (const [index, byte] of key.entries()) {
    inner[index] = 0x36 ^ byte
    outer[index] = 0x5c ^ byte
  }
  return { hash, inner, outer, object: crypto.createSecretKey(secret) }
}

const mac: MacEngine['mac'] = (prepared, parts, encoding) => {
  const key = prepared as NodeKey
  // From here to the second hash nothing else may run: the buffers are shared by all calls.
  const length = oneShot === undefined ? undefined : fillScratch(key.inner, parts)
  if (oneShot === undefined || length === undefined) return macOfLarge(key, parts, encoding)
  const inner = oneShot(key.hash, scratch.subarray(0, length), 'binary')
  key.outer.write(inner, key.inner.length, 'latin1')
  return oneShot(key.hash, key.outer, encoding)
}

/** The pad and the parts, end to end; undefined if they do not fit. */
function fillScratch(pad: Uint8Array, parts: readonly Part[]): number | undefined {
  let end = pad.length
  for (const part of parts) {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if ((typeof part === 'string' ? part.length * 3 : part.length) > SCRATCH_BYTES - end) return undefined
    if (typeof part === 'string') {
      end += scratch.write(part, end, 'utf8')
    } else {
      scratch.set(part, end)
      end += part.length
    }
  }
  scratch.set(pad, 0)
  return end
}

function macOfLarge(key: NodeKey, parts: readonly Part[], encoding: DigestEncoding): string {
  const hmac = crypto.createHmac(key.hash, key.object)
  for (const part of parts) hmac.update(part)
  return hmac.digest(encoding)
}

/** A place to write a text of a known length to, and the view of just that length. */
interface Place {
  readonly room: Buffer
  readonly view: Buffer
}

/** Longest text compared in places that stay: hex and base64 of the longest digest are 128 and 88 characters. */
const LONGEST_DIGEST_TEXT = 128
const places: [Place, Place][] = []

function placesOf(length: number): [Place, Place] {
  places[length] ??= [createPlace(length), createPlace(length)]
  return places[length]
}

/** Room for one character more, of four bytes at most, so that text that is not ASCII is always seen to overrun. */
function createPlace(length: number): Place {
  const room = Buffer.allocUnsafeSlow(length + 4)
  return { room, view: room.subarray(0, length) }
}

const equal: MacEngine['equal'] = (one, other) => {
  const { length } = one
  if (length !== other.length) return false
  if (length > LONGEST_DIGEST_TEXT) return equalBytes(Buffer.from(one), Buffer.from(other))
  const [a, b] = placesOf(length)
  // As UTF-8, never as latin1, which writes U+0163 as 'c'. Only ASCII takes one byte a character.
  if (a.room.write(one, 'utf8') !== length || b.room.write(other, 'utf8') !== length) {
    return equalBytes(Buffer.from(one), Buffer.from(other))
  }
  return crypto.timingSafeEqual(a.view, b.view)
}

function equalBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && crypto.timingSafeEqual(one, other)
}

export const engine: MacEngine = { name: 'node', deferred: false, prepare, mac, equal }
