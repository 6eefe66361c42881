import type { AnyProvider } from '@countersign/core'
import type { KeyData, Outcome } from './delivery.js'
import type { Random } from './random.js'
import { misspelt, newSecret } from './secrets.js'
import { type Shape, shapeOf } from './shape.js'

/** The receiver's keys, those that the vendor signs with, and what comes of it. */
interface Keys {
  readonly keys: readonly KeyData[]
  readonly signers: readonly KeyData[]
  readonly expected: readonly Outcome[]
}

export type KeyScenario = (random: Random, provider: AnyProvider, now: number) => Keys

const DAY_MS = 24 * 60 * 60 * 1000
/** A token that holds a comma and fits no key may be two of them. */
const NO_MATCH: readonly Outcome[] = ['no-matching-key', 'ambiguous-signature']

/** Dates of a key that verifies, at the very edges of its states, too. */
function usableDates(random: Random, now: number): Partial<KeyData> {
  return random.pick<Partial<KeyData>>([
    {},
    {},
    { activeFrom: now - random.pick([0, 1, DAY_MS]) },
    { activeFrom: now + random.pick([1, DAY_MS]) },
    { activeFrom: 8.64e15 },
    { activeFrom: 0, retireFrom: now - random.pick([0, 1, DAY_MS]), notAfter: now + random.pick([1, DAY_MS]) },
    { notAfter: now + 1 },
    { revokedAt: now + 1 },
  ])
}

interface Ended {
  readonly dates: Partial<KeyData>
  readonly expected: readonly Outcome[]
}

/** Dates of a key that has ended, and what a delivery signed with it is called. */
function endedDates(random: Random, now: number): Ended {
  return random.pick<Ended>([
    { dates: { notAfter: now - random.pick([0, 1, DAY_MS]) }, expected: ['key-expired'] },
    { dates: { notAfter: now - random.pick([DAY_MS + 1, 9 * DAY_MS]) }, expected: NO_MATCH },
    { dates: { revokedAt: now - random.pick([0, DAY_MS, 9 * DAY_MS]) }, expected: ['key-revoked'] },
    { dates: { revokedAt: now - 1, notAfter: now - 9 * DAY_MS }, expected: ['key-revoked'] },
  ])
}

function newKey(random: Random, shape: Shape, id: string, slot?: string): KeyData {
  return { id, ...newSecret(random, shape), ...(slot !== undefined && { slot }) }
}

/** One key for each slot, or so many of them where there are none. */
function newKeys(random: Random, provider: AnyProvider, count: number): readonly KeyData[] {
  const shape = shapeOf(provider)
  const slots = provider.slots ?? Array.from({ length: count }, () => undefined)
  return slots.map((slot, index) => newKey(random, shape, slot ?? `key-${index + 1}`, slot))
}

/** How many of the vendor's keys sign at a time, by its policy. */
function signing(random: Random, { rotation }: AnyProvider): number {
  if (rotation.kind === 'expiring') return random.pick([1, 1, 2, 3, rotation.max])
  return rotation.kind === 'overlap' ? random.pick([1, 2]) : 1
}

/** At least one of the keys that sign is one that verifies. */
export const usableKeys: KeyScenario = (random, provider, now) => {
  const signers = newKeys(random, provider, signing(random, provider))
  const known = random.shuffled(signers).slice(0, random.between(1, signers.length))
  const others = newKeys(random, provider, random.pick([0, 0, 1, 2, 4])).map((key) => ({ ...key, id: `old-${key.id}` }))
  const dated = [...known, ...others].map((key) => ({ ...key, ...usableDates(random, now) }))
  return { keys: random.shuffled(dated), signers, expected: ['accepted'] }
}

/** The one key that signs has ended; another is there, and is usable. */
export const endedKey: KeyScenario = (random, provider, now) => {
  const [signer, other] = twoKeys(random, provider)
  const { dates, expected } = endedDates(random, now)
  const keys = random.shuffled([{ ...signer, ...dates }, other])
  return { keys, signers: [signer], expected }
}

/** All keys have ended: that is nobody's fault but the receiver's. */
export const noUsableKey: KeyScenario = (random, provider, now) => {
  const [signer, other] = twoKeys(random, provider)
  const keys = [signer, other].map((key) => ({ ...key, ...endedDates(random, now).dates }))
  return { keys, signers: [signer], expected: ['no-usable-key'] }
}

/** The key that signs is none of the receiver's. */
export const unknownKey: KeyScenario = (random, provider, now) => {
  const [signer, other] = twoKeys(random, provider)
  return { keys: [{ ...other, ...usableDates(random, now) }], signers: [signer], expected: NO_MATCH }
}

/** The key that signs is nearly the receiver's. Spelt as text, so that what is added changes its bytes. */
export const misspeltKey: KeyScenario = (random, provider, now) => {
  const [signer] = twoKeys(random, provider)
  const { encoding: _, ...key } = signer
  const keys = [{ ...key, secret: misspelt(random, key), ...usableDates(random, now) }]
  return { keys, signers: [key], expected: NO_MATCH }
}

function twoKeys(random: Random, provider: AnyProvider): readonly [KeyData, KeyData] {
  const [one, other] = random.shuffled(newKeys(random, provider, 2))
  if (one === undefined || other === undefined) throw new Error('two keys are needed')
  return [one, other]
}
