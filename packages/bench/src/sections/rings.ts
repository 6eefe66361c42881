import { eventBody } from '../bodies.js'
import type { Setting } from '../contender.js'
import { SECRET } from '../mac.js'
import { references, ringFloors } from '../references.js'
import { type Contestant, type Samples, takeRounds } from '../rounds.js'
import { SCHEMES, type Scheme, signed, type Verdict, verifierOf } from '../schemes.js'
import { timedCalls } from '../timed-calls.js'
import { NEXT_TO_REFERENCES, roundsFor } from './speed.js'

export const MEASURED_SIZE = 1024

export const RING_SCHEMES = ['autify', 'global-commerce'] as const
export const RING_SIZES = [1, 2, 5] as const
export const POSITIONS = ['first', 'last', 'absent'] as const
export const MALFORMED_SCHEMES = ['autify', 'insider', 'agilepoint', 'orange-logic', 'global-commerce'] as const
const SLOTS = ['agilepoint', 'agilepoint-secondary'] as const

export const ringId = (scheme: string, size: number, position: string) => `${scheme} ${size} ${position}`
export const malformedId = (scheme: string) => `${scheme} malformed`

/** What has a goal, which is beside the references: their turns are next to each other. */
const IDS_OF_GOALS = [
  ...RING_SCHEMES.map((scheme) => ringId(scheme, 5, 'absent')),
  ...MALFORMED_SCHEMES.map(malformedId),
]

/** Either slot suffices, so the header is malformed only where both are. */
const IN_BOTH_SLOTS: Scheme = {
  ...SCHEMES.agilepoint,
  headersOf: (mac) => ({ 'x-agilepoint-primary': mac, 'x-agilepoint-secondary': mac }),
}

/** A MAC of any length but its own: it cannot be right, and nothing has to be hashed to know it. */
const cut = (mac: string) => mac.slice(0, -1)

/** Rings of several keys, AgilePoint's slots, and headers that cannot be right. */
export async function measureRings(load: Setting['load']): Promise<Samples> {
  const body = Buffer.from(eventBody(MEASURED_SIZE))
  const measuredBy = await Promise.all(
    [...references(body), ...ringFloors(body)].map(({ id, call }) => timedCalls(id, call)),
  )
  const ofGoals = [...measuredBy.map(({ id }) => id), ...IDS_OF_GOALS]
  const contestants = [...measuredBy, ...(await ringContestants(load, body))].map((one) =>
    ofGoals.includes(one.id) ? { ...one, group: NEXT_TO_REFERENCES } : one,
  )
  return takeRounds(contestants, roundsFor(MEASURED_SIZE))
}

export async function ringContestants(load: Setting['load'], body: Uint8Array): Promise<Contestant[]> {
  const contestants: Promise<Contestant>[] = []
  const add = async (id: string, scheme: Scheme, keys: unknown, expected: string, change = (mac: string) => mac) => {
    const verifier = await verifierOf(scheme, load, keys)
    const { mac, headersWith } = await signed(scheme, body)
    const headers = headersWith(change(mac))
    const call = () => verifier.verify({ headers, body })
    requireOutcome(id, await call(), expected)
    return timedCalls(id, call)
  }
  for (const name of RING_SCHEMES) {
    for (const size of RING_SIZES) {
      for (const position of POSITIONS) {
        if (size === 1 && position === 'last') continue
        const expected = position === 'absent' ? 'no-matching-key' : 'ok'
        contestants.push(add(ringId(name, size, position), SCHEMES[name], ringOf(size, position), expected))
      }
    }
  }
  for (const name of SLOTS) {
    const keys =
      name === 'agilepoint' ? { primary: SECRET, secondary: other(1) } : { primary: other(1), secondary: SECRET }
    contestants.push(add(name, SCHEMES[name], keys, 'ok'))
  }
  for (const name of MALFORMED_SCHEMES) {
    const isSlotted = name === 'agilepoint'
    const scheme = isSlotted ? IN_BOTH_SLOTS : SCHEMES[name]
    const keys = isSlotted ? { primary: SECRET, secondary: other(1) } : SECRET
    contestants.push(add(malformedId(name), scheme, keys, 'malformed-signature', cut))
  }
  return Promise.all(contestants)
}

const other = (number: number) => `${SECRET}-other-${number}`

/** The key that signed, and others: before it, behind it, or in its place. */
function ringOf(size: number, position: (typeof POSITIONS)[number]): string[] {
  const ring = Array.from({ length: size }, (_, number) => other(number))
  if (position !== 'absent') ring[position === 'first' ? 0 : size - 1] = SECRET
  return ring
}

function requireOutcome(id: string, { ok, reason = '' }: Verdict, expected: string): void {
  const outcome = ok ? 'ok' : reason
  if (outcome !== expected) throw new Error(`${id}: ${outcome} instead of ${expected}`)
}
