import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import type { Hash } from './contender.js'
import { SECRET } from './mac.js'

/** What everything is measured by: nothing but the MAC, with a key that was prepared once. */
export const REFERENCE: Record<Hash, string> = { sha1: 'createHmac-sha1', sha256: 'createHmac-sha256' }

/** By hand, as the textbook has it: no key but one, no timestamp, no reason. */
export const BY_HAND = 'by-hand'

/**
 * What nothing that makes an HMAC in Node, compares it and answers with a promise does without: two one-shot hashes, of
 * buffers that are filled already, and a comparison.
 */
export const FLOOR: Record<Hash, string> = { sha1: 'floor-sha1', sha256: 'floor-sha256' }

/** The same for each of five keys, behind one promise. */
export const FLOOR_OF_FIVE: Record<Hash, string> = { sha1: 'floor-of-five-sha1', sha256: 'floor-of-five-sha256' }

/**
 * The floor, and what the bytes take: the body behind the key's pad, the inner digest behind the other one, both texts to be
 * compared, a verdict. Nothing is looked up in headers, capped, dated or explained.
 */
export const FROM_BYTES = 'from-bytes'

/** What is left where nothing is hashed. */
export const PROMISE = 'promise'

const BLOCK_BYTES = 64
const DIGEST_BYTES: Record<Hash, number> = { sha1: 20, sha256: 32 }

/** The least that a MAC and its comparison take. */
export function leastMac(algorithm: Hash, body: Uint8Array): () => boolean {
  const inner = Buffer.alloc(BLOCK_BYTES + body.length, 1)
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES[algorithm], 2)
  return () => {
    hash(algorithm, inner, 'binary')
    hash(algorithm, outer, 'hex')
    return timingSafeEqual(outer, outer)
  }
}

function floor(algorithm: Hash, body: Uint8Array, keys = 1) {
  const least = leastMac(algorithm, body)
  return async () => {
    for (let key = 1; key < keys; key += 1) least()
    return least()
  }
}

/** The quickest ways to write a text, which Node's types do not tell of. */
interface FastBuffer extends Buffer {
  latin1Write(text: string, at?: number): number
  utf8Write(text: string, at?: number): number
}

/** An HMAC of SHA-256 from bytes to a verdict, by hand. @throws where it is wrong. */
function fromBytes(body: Uint8Array): () => Promise<{ ok: boolean; body: Uint8Array }> {
  const signature = createHmac('sha256', SECRET).update(body).digest('base64')
  const key = Buffer.from(SECRET)
  const pad = (fill: number) => Buffer.alloc(BLOCK_BYTES, fill).map((byte, at) => byte ^ (key[at] ?? 0))
  const inner = pad(0x36)
  const outer = Buffer.concat([pad(0x5c), Buffer.alloc(DIGEST_BYTES.sha256)]) as FastBuffer
  const scratch = Buffer.alloc(BLOCK_BYTES + body.length)
  const expected = Buffer.alloc(signature.length) as FastBuffer
  const given = Buffer.alloc(signature.length) as FastBuffer
  const verify = () => {
    scratch.set(inner)
    scratch.set(body, BLOCK_BYTES)
    outer.latin1Write(hash('sha256', scratch, 'binary'), BLOCK_BYTES)
    expected.latin1Write(hash('sha256', outer, 'base64'))
    given.utf8Write(signature)
    return { ok: timingSafeEqual(expected, given), body }
  }
  if (!verify().ok) throw new Error(FROM_BYTES)
  return async () => verify()
}

/** What the figures of rings and of malformed headers stand beside. */
export function ringFloors(body: Uint8Array): { id: string; call: () => unknown }[] {
  return [
    { id: FLOOR_OF_FIVE.sha1, call: floor('sha1', body, 5) },
    { id: FLOOR_OF_FIVE.sha256, call: floor('sha256', body, 5) },
    { id: PROMISE, call: async () => true },
  ]
}

export function references(body: Uint8Array): { id: string; call: () => unknown }[] {
  const key = createSecretKey(Buffer.from(SECRET))
  const headers = { 'x-signature': createHmac('sha256', key).update(body).digest('hex') }
  return [
    { id: REFERENCE.sha1, call: () => createHmac('sha1', key).update(body).digest() },
    { id: REFERENCE.sha256, call: () => createHmac('sha256', key).update(body).digest() },
    { id: FLOOR.sha1, call: floor('sha1', body) },
    { id: FLOOR.sha256, call: floor('sha256', body) },
    { id: FROM_BYTES, call: fromBytes(body) },
    {
      id: BY_HAND,
      call() {
        const expected = createHmac('sha256', key).update(body).digest()
        const given = Buffer.from(headers['x-signature'], 'hex')
        return given.length === expected.length && timingSafeEqual(given, expected)
      },
    },
  ]
}
