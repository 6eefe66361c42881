import { type AnyProvider, createVerifier, type Keyring, keyring, type Rejected, sign } from '@countersign/core'
import { type Life, ringAt } from './life.js'
import { extend, turningPoints } from './stretches.js'

/** What the vendor sends at a moment, and what becomes of it at the receiver. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>
  /** Ids of the keys that signed it. */
  readonly signers: readonly string[]
  /** Of the key that the receiver accepted it with, or why it did not. */
  readonly result: { readonly keyId: string; readonly keyState: string } | { readonly refused: string }
}

/** Whose ring is whose: the receiver has the vendor's ring of so many milliseconds ago. */
export interface Sides {
  readonly provider: AnyProvider
  readonly life: Life
  readonly learnsAfterMs: number
  readonly body: string
}

/** The ring that the receiver has at a moment. */
export function receiverRingAt({ life, learnsAfterMs }: Sides, moment: number): Keyring {
  return ringAt(life, moment - learnsAfterMs)
}

/** @throws CountersignError where the vendor has no key to sign with. */
export async function sentAt(sides: Sides, moment: number): Promise<Sent> {
  const { provider, life, body } = sides
  const ring = ringAt(life, moment)
  const headers = await sign(provider, ring, body, { now: moment })
  const accepts = async (keys: Keyring) =>
    createVerifier(provider, { keys, now: () => moment }).verify({ headers, body })
  const signers: string[] = []
  // Who signed, as the receiver would find out: a key alone, without dates, verifies what it has signed.
  for (const { id, slot, secret } of ring.keys) {
    if ((await accepts(keyring([{ id, slot, secret }]))).ok) signers.push(id)
  }
  const verdict = await accepts(receiverRingAt(sides, moment))
  return { headers, signers, result: verdict.ok ? verdict : { refused: refusal(verdict) } }
}

function refusal({ reason, detail }: Rejected): string {
  return `${reason}: ${detail}`
}

/** A stretch of time in which deliveries are accepted, or not. */
export interface Traffic {
  readonly state: 'accepted' | 'lost'
  readonly from: number
  readonly until: number
}

/** What becomes of deliveries in a range: one is tried after every change at either side. */
export async function traffic(sides: Sides, from: number, until: number): Promise<readonly Traffic[]> {
  const changes = turningPoints(sides.life, from, until)
  const learned = changes.map((point) => point + sides.learnsAfterMs).filter((point) => point < until)
  const points = [...new Set([...changes, ...learned])].sort((one, other) => one - other)
  const all: Traffic[] = []
  for (const [index, point] of points.entries()) {
    const state = await fate(sides, point)
    extend<Traffic>(all, { state, from: point, until: points[index + 1] ?? until })
  }
  return all
}

async function fate(sides: Sides, moment: number): Promise<Traffic['state']> {
  try {
    return 'keyId' in (await sentAt(sides, moment)).result ? 'accepted' : 'lost'
  } catch {
    // Nothing can be signed, or the receiver has no usable key: either way nothing gets through.
    return 'lost'
  }
}
