import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import type { Hash } from './contender.js'
import { SECRET } from './mac.js'

/** What everything is measured by: nothing but the MAC, with a key that was prepared once. */
export const REFERENCE: Record<Hash, string> = { sha1: 'createHmac-sha1', sha256: 'createHmac-sha256' }

/** As the textbook has it: no key but one, no header to be found, no timestamp, no reason. */
export const TEXTBOOK = 'textbook'

/**
 * What nothing that makes an HMAC in Node, compares it and answers with a promise does without: two one-shot hashes, of
 * buffers that are filled already, and a comparison.
 */
export const FLOOR: Record<Hash, string> = { sha1: 'floor-sha1', sha256: 'floor-sha256' }

/** The same for each of five keys, behind one promise. */
export const FLOOR_OF_FIVE: Record<Hash, string> = { sha1: 'floor-of-five-sha1', sha256: 'floor-of-five-sha256' }

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
    {
      id: TEXTBOOK,
      call() {
        const expected = createHmac('sha256', key).update(body).digest()
        const given = Buffer.from(headers['x-signature'], 'hex')
        return given.length === expected.length && timingSafeEqual(given, expected)
      },
    },
  ]
}
