import {
  type DigestEncoding,
  type Hash,
  type Provider,
  requireOneOf,
  requireOption,
  type Scheme,
} from '@countersign/core'

export * from '@countersign/core'

/** The two keys of an AgilePoint webhook. */
export type AgilePointSlot = 'primary' | 'secondary'

/** One header for each key, or one that carries both. The vendor does not publish the names: see the README. */
export type AgilePointHeaders =
  | {
      /** The header with the primary key's digest. */
      primary: string
      /** The header with the secondary key's digest. */
      secondary: string
    }
  | {
      /** The header with the digests of both. */
      both: string
      /** What stands between them, such as `,`. */
      separator: string
    }

/** What the vendor does not publish, and a delivered notification shows. */
export interface AgilePointOptions {
  /** Required: read the names off one delivered notification. */
  headers: AgilePointHeaders
  /** Default 'sha256'; the vendor does not publish it. */
  hash?: Hash | undefined
  /** How a digest is written. Default 'base64'; the vendor does not publish it. */
  encoding?: DigestEncoding | undefined
  /**
   * 'hmac' (default): the headers carry digests of the notification body. 'token': they carry the keys themselves, as one
   * of the vendor's pages can be read; then nothing ties the body to a key.
   */
  mode?: 'hmac' | 'token' | undefined
}

const ID = 'agilepoint'
const SLOTS = ['primary', 'secondary'] as const
/** A token of RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * AgilePoint NX: a primary and a secondary key, a digest of each on every notification, either of which suffices. The keys
 * are rotated one at a time.
 *
 * A slot's key checks only that slot's header; where one header carries both, either key may match any entry.
 *
 * @throws CountersignError `provider-invalid` for options that are none of the above.
 */
export function agilePoint(options: AgilePointOptions): Provider<unknown, AgilePointSlot> {
  return Object.freeze<Provider<unknown, AgilePointSlot>>({
    id: ID,
    title: 'AgilePoint NX',
    docs: 'https://documentation.agilepoint.com/8010/admin/cloudemManageSecretKeyScreen.html',
    scheme: schemeOf(options),
    rotation: { kind: 'slots', slots: SLOTS, guardMs: DAY_MS, periodMs: 30 * DAY_MS },
    secrets: { issuedBy: 'vendor' },
    slots: SLOTS,
  })
}

function schemeOf({ headers, hash = 'sha256', encoding = 'base64', mode = 'hmac' }: AgilePointOptions): Scheme {
  const { both, separator, primary = both, secondary = both } = { ...headers } as Record<string, string | undefined>
  const areNames = [primary, secondary].every((name = '') => HEADER_NAME.test(name))
  requireOption(areNames && !both === !separator, ID, 'headers', '{ primary, secondary } or { both, separator }')
  requireOneOf(hash, ['sha1', 'sha256', 'sha384', 'sha512'], ID, 'hash')
  requireOneOf(encoding, ['hex', 'base64'], ID, 'encoding')
  requireOneOf(mode, ['hmac', 'token'], ID, 'mode')
  const header = both ?? ({ primary, secondary } as Record<AgilePointSlot, string>)
  if (mode === 'token') return { kind: mode, header, separator }
  const signature =
    typeof header === 'string'
      ? { header, separator, encoding }
      : SLOTS.map((slot) => ({ header: header[slot], slot, encoding }))
  return { kind: mode, hash, signature, signed: ({ body }) => [body] }
}
