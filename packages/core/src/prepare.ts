import { type Claimed, readClaim } from './claim.js'
import { type HeadersInput, readHeader, rereadable } from './headers.js'
import type { Part } from './mac.js'
import type { Plan } from './plan.js'
import { parseTimestamp } from './timestamp.js'
import { type NotRejected, type Rejected, reject } from './verdict.js'

/** What a delivery claims, taken out of it once: nothing of the sender's or the provider's runs after this (law 3). */
export interface Prepared extends NotRejected {
  readonly body: Uint8Array
  /** The first candidate, from which the others hang. */
  readonly next: Claimed
  /** The signed content; undefined in token mode. */
  readonly signed: readonly Part[] | undefined
  /** Milliseconds since the epoch. */
  readonly timestamp: number | undefined
  readonly deliveryId: string | undefined
}

/** What a scheme reads beside the body. */
export interface Envelope {
  readonly headers: HeadersInput
  readonly url?: string | undefined
  readonly method?: string | undefined
}

/** Reads the headers of a scheme, and puts together what is signed. */
export function prepare(
  plan: Plan,
  { headers: given, url = '', method = 'POST' }: Envelope,
  body: Uint8Array,
): Prepared | Rejected {
  const { timestamp: stampField, id: idField } = plan
  const headers = rereadable(given)
  const claim = readClaim(plan, headers)
  if (claim.ok === false) return claim
  const {
    next,
    timestamp: stamp = stampField?.header && readHeader(headers, stampField.header.toLowerCase()),
    id = idField && readHeader(headers, idField.header.toLowerCase()),
  } = claim
  if (idField && (!id || id.length > 8192)) return reject('missing-signature', `no ${idField.header}`)
  try {
    const timestamp = stampField && (parseTimestamp(stamp ?? '', stampField.unit) ?? stampField.parse?.(stamp ?? ''))
    if (stampField && typeof timestamp !== 'number') {
      return reject(`timestamp-${stamp === undefined ? 'missing' : 'malformed'}`, `unit ${stampField.unit}`)
    }
    const signed = plan.signed?.({
      body,
      timestamp: stamp ?? '',
      id: id ?? '',
      url,
      method,
      label: (next as Claimed).label,
    })
    return { signed, body, timestamp, deliveryId: idField && id, next: next as Claimed }
  } catch {
    // The provider signed a plain message when it was defined: it is the sender's that it cannot.
    return reject('malformed-signature', 'content')
  }
}
