import { type AnyProvider, type HmacScheme, type Scheme, sign } from '@countersign/core'
import { utf8 } from '../../../packages/testkit/src/bytes.js'
import { newBody } from './bodies.js'
import { latin1 } from './bytes.js'
import type { Header, KeyData, Outcome, ProviderId } from './delivery.js'
import { usableKeys } from './key-scenarios.js'
import { signingRing } from './keys.js'
import type { Random } from './random.js'
import { type Shape, shapeOf } from './shape.js'
import { VENDORS } from './vendors.js'

/** A delivery before the vendor signs it. */
export interface Plan {
  readonly id: ProviderId
  readonly options: unknown
  readonly provider: AnyProvider
  readonly shape: Shape
  /** The receiver's keys, and those that the vendor signs with. */
  readonly keys: readonly KeyData[]
  readonly signers: readonly KeyData[]
  readonly tenant?: 'known' | 'unknown' | undefined
  readonly body: Uint8Array
  readonly text?: string | undefined
  readonly conforms?: boolean | undefined
  /** The stamp's very characters, and when that was. */
  readonly stamp: string
  readonly stampMs: number
  readonly deliveryId: string
  readonly now: number
  readonly toleranceSeconds: number | undefined
  readonly maxBodyBytes?: number | undefined
  readonly schema?: string | undefined
  /** What becomes of it unless it is tampered with. */
  readonly expected: readonly Outcome[] | undefined
}

/** A delivery as the vendor sends it. */
export interface Signed {
  readonly plan: Plan
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}

const START = 1_767_225_600
const YEAR = 31_536_000

/** An honest delivery of the provider, and a receiver that accepts it. */
export function newPlan(random: Random, id: ProviderId): Plan {
  const vendor = VENDORS[id]
  const options = vendor.options(random)
  const provider = vendor.provider(options as never)
  const shape = shapeOf(provider)
  const seconds = START + random.below(YEAR)
  const toleranceSeconds = shape.hasStamp ? random.pick([undefined, undefined, 0, 1, 60, 300, 86_400]) : undefined
  const reach = (toleranceSeconds ?? 300) * 1000
  const now = seconds * 1000 + random.pick([0, reach, -reach, random.between(-reach, reach)])
  const schema = random.chance(0.3) ? random.pick(Object.keys(vendor.schemas)) : undefined
  const body = newBody(random, id)
  return {
    ...{ id, options, provider, shape, schema, now, toleranceSeconds },
    ...{ stamp: String(seconds), stampMs: seconds * 1000, deliveryId: `msg_${random.text(12, 'abcdef0123456789')}` },
    ...body,
    ...usableKeys(random, provider, now),
    tenant: random.pick([undefined, undefined, undefined, 'known']),
    expected: acceptedBy({ schema, conforms: body.conforms }),
  }
}

/** An authentic delivery that a schema is asked about may be refused by it. */
export function acceptedBy({ schema, conforms }: Pick<Plan, 'schema' | 'conforms'>): readonly Outcome[] {
  return schema === undefined || conforms ? ['accepted'] : ['accepted', 'invalid-payload']
}

/** The vendor's part, done by the core's own `sign`: this proof is of runtimes, and vectors prove what they agree on. */
export async function signPlan(plan: Plan): Promise<Signed> {
  const { provider, signers, now, stamp, deliveryId, body, shape } = plan
  const stamped = { ...provider, scheme: stampedWith(provider.scheme, stamp) }
  const made = await sign(stamped, signingRing(signers, provider, now), body, { now, id: deliveryId })
  const headers = { ...made, ...(shape.stampHeader && { [shape.stampHeader]: stamp }) }
  return { plan, headers: Object.entries(headers), body }
}

/** The scheme with a stamp of these characters, whatever they are. */
function stampedWith(scheme: Scheme, stamp: string): Scheme {
  if (scheme.kind === 'token' || scheme.timestamp === undefined) return scheme
  const { signed, format } = scheme
  const stamped: HmacScheme = { ...scheme, signed: (message) => signed({ ...message, timestamp: stamp }) }
  if (format) stamped.format = (digests, message) => format(digests, { ...message, timestamp: stamp })
  return stamped
}

/** The signatures or tokens in a value of their header, each as it stands there. */
export function textsIn(value: string, { shape, signers }: Plan): readonly string[] {
  if (!shape.isToken) return value.match(/[A-Za-z0-9+/]{26,}={0,2}/g) ?? []
  return signers.map(({ secret }) => latin1(utf8(secret))).filter((token) => value.includes(token))
}
