import type { Hash, Setting } from './contender.js'
import { withCommon } from './headers.js'
import { hmac, SECRET, toBase64, toHex, unixSeconds } from './mac.js'

export interface Verdict {
  readonly ok: boolean
  readonly reason?: string
  readonly event?: unknown
}

export interface Verifier {
  verify(delivery: unknown): Promise<Verdict>
}

/** An adapter's module, of whichever build. */
interface Adapter {
  createVerifier(provider: unknown, options: { keys: unknown; maxBodyBytes: number }): Verifier
  [factory: string]: unknown
}

/** How one of ours is made, and how its vendor signs. */
export interface Scheme {
  readonly folder: string
  readonly factory: string
  readonly options?: object
  readonly hash: Hash
  readonly encode: (mac: Uint8Array) => string
  /** What stands under the MAC before the body. */
  readonly before?: (stamp: string) => string
  readonly headersOf: (mac: string, stamp: string) => Record<string, string>
}

const SLOT_HEADERS = { primary: 'x-agilepoint-primary', secondary: 'x-agilepoint-secondary' }

/** A digest of a key that nobody here has. */
const UNKNOWN = btoa('a digest that no key here makes.')

const agilePoint = (slot: keyof typeof SLOT_HEADERS): Scheme => ({
  folder: 'agilepoint',
  factory: 'agilePoint',
  options: { headers: SLOT_HEADERS },
  hash: 'sha256',
  encode: toBase64,
  // Both slots are always signed; only the one that is measured fits.
  headersOf: (mac) => ({
    [SLOT_HEADERS.primary]: UNKNOWN,
    [SLOT_HEADERS.secondary]: UNKNOWN,
    [SLOT_HEADERS[slot]]: mac,
  }),
})

export const SCHEMES = {
  autify: {
    folder: 'autify',
    factory: 'autify',
    hash: 'sha1',
    encode: toHex,
    headersOf: (mac) => ({ 'x-autify-signature': `sha1=${mac}` }),
  },
  insider: {
    folder: 'insider',
    factory: 'insider',
    hash: 'sha1',
    encode: toHex,
    headersOf: (mac) => ({ 'x-ins-auth': mac }),
  },
  agilepoint: agilePoint('primary'),
  'agilepoint-secondary': agilePoint('secondary'),
  'orange-logic': {
    folder: 'orange-logic',
    factory: 'orangeLogic',
    hash: 'sha256',
    encode: toBase64,
    headersOf: (mac) => ({ 'x-ol-signature': `v1,${mac}` }),
  },
  'global-commerce': {
    folder: 'global-commerce',
    factory: 'globalCommerce',
    hash: 'sha256',
    encode: toBase64,
    before: (stamp) => `${stamp}.`,
    headersOf: (mac, stamp) => ({ 'digitalriver-signature': `${stamp}, ${mac}` }),
  },
} as const satisfies Record<string, Scheme>

/** Over the largest body that is measured. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

export async function verifierOf(
  { folder, factory, options }: Scheme,
  load: Setting['load'],
  keys: unknown,
): Promise<Verifier> {
  const adapter = await load<Adapter>(`@countersign/${folder}`)
  const provider = (adapter[factory] as (options?: object) => unknown)(options)
  return adapter.createVerifier(provider, { keys, maxBodyBytes: MAX_BODY_BYTES })
}

/** A delivery that was signed now. */
export interface Signed {
  readonly mac: string
  /** All headers of the delivery, with this MAC in place of its own. */
  headersWith(mac: string): Record<string, string>
}

export async function signed(scheme: Scheme, body: Uint8Array, secret = SECRET): Promise<Signed> {
  const stamp = unixSeconds()
  const mac = await hmac(scheme.hash, secret, scheme.before?.(stamp) ?? '', body)
  return { mac: scheme.encode(mac), headersWith: (given) => withCommon(scheme.headersOf(given, stamp)) }
}
