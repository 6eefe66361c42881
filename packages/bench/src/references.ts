import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { Hash } from './contender.js'
import { SECRET } from './mac.js'

/** What everything is measured by: nothing but the MAC, with a key that was prepared once. */
export const REFERENCE: Record<Hash, string> = { sha1: 'createHmac-sha1', sha256: 'createHmac-sha256' }

/** By hand, as the textbook has it: no key but one, no timestamp, no reason. */
export const BY_HAND = 'by-hand'

export function references(body: Uint8Array): { id: string; call: () => unknown }[] {
  const key = createSecretKey(Buffer.from(SECRET))
  const headers = { 'x-signature': createHmac('sha256', key).update(body).digest('hex') }
  return [
    { id: REFERENCE.sha1, call: () => createHmac('sha1', key).update(body).digest() },
    { id: REFERENCE.sha256, call: () => createHmac('sha256', key).update(body).digest() },
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
