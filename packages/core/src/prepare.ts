import { type HeadersInput, readHeader, rereadable } from './headers.js'
import type { Part } from './mac.js'
import type { Field, Plan } from './plan.js'
import type { Candidate, ParsedSignature } from './scheme.js'
import { parseTimestamp } from './timestamp.js'
import { type Rejected, reject } from './verdict.js'

/** What a delivery claims, taken out of it once: nothing of the sender's or the provider's runs after this (law 3). */
export interface Prepared {
  readonly body: Uint8Array
  readonly candidates: readonly Candidate[]
  /** The signed content; undefined in token mode. */
  readonly parts: readonly Part[] | undefined
  /** Milliseconds since the epoch. */
  readonly timestamp: number | undefined
  readonly deliveryId: string | undefined
}

/** What a scheme reads beside the body. */
interface Envelope {
  readonly headers: HeadersInput
  readonly url?: string | undefined
  readonly method?: string | undefined
}

/**
 * Reads the headers of a scheme and puts the signed content together. Each header of signatures counts for itself: where a
 * vendor sends two and either suffices (AgilePoint), a malformed one does not cost the other.
 */
export function prepare(plan: Plan, envelope: Envelope, body: Uint8Array): Prepared | Rejected {
  const { url = '', method = 'POST' } = envelope
  const { fields, timestamp: stampField, id: idField, signed } = plan
  const headers = rereadable(envelope.headers)
  const claim: ParsedSignature = { candidates: [] }
  let fault: Rejected | undefined
  for (const field of fields) {
    const text = readHeader(headers, field.header)
    if (text !== undefined) fault = readField(plan, field, text, claim) ?? fault
  }
  const {
    candidates,
    timestamp: stamp = readHeader(headers, stampField?.header),
    id = readHeader(headers, idField?.header),
  } = claim
  if (!candidates.length) return fault ?? missing(fields)
  if (idField && id === undefined) return missing([idField])
  const timestamp = stampField && (parseTimestamp(stamp ?? '', stampField.unit) ?? stampField.parse?.(stamp ?? ''))
  if (stampField && timestamp === undefined) {
    return reject(stamp === undefined ? 'timestamp-missing' : 'timestamp-malformed', `unit '${stampField.unit}'`)
  }
  try {
    const parts = signed?.({ body, timestamp: stamp ?? '', id: id ?? '', url, method, label: candidates[0]?.label })
    return { body, candidates, parts, timestamp, deliveryId: idField && id }
  } catch {
    // The provider signed a plain message when it was defined: it is the sender's that it cannot.
    return reject('malformed-signature', 'of what is signed')
  }
}

/** Adds what one header says to the claim, or tells what is wrong with it: within a header everything must be well-formed. */
function readField(plan: Plan, field: Field, text: string, claim: ParsedSignature): Rejected | undefined {
  const { hash, encoding, wellFormed } = plan
  const { header, prefix = '', slot, separator, parse } = field
  // At most 8 KiB of header and 8 signatures in all: what a delivery costs is not the sender's to say (law 4).
  const isCapped = text.length <= 8192
  try {
    if (isCapped && text.startsWith(prefix)) {
      const value = text.slice(prefix.length)
      // Without a separator there is one signature: the whole value.
      const parsed: ParsedSignature = parse
        ? parse(value)
        : { candidates: value.split(separator as string).map((part) => ({ text: part })) }
      const own = parsed.candidates.map((candidate) => ({ slot, ...candidate }))
      const candidates = [...claim.candidates, ...own]
      if (own.length && candidates.length <= 8 && own.every((one) => wellFormed.test(one.text))) {
        claim.candidates = candidates
        claim.timestamp ??= parsed.timestamp
        claim.id ??= parsed.id
        return undefined
      }
    }
  } catch {
    // A throw of the provider's `parse` is a malformed signature.
  }
  // Sent twice, or joined from two: which one counts is anyone's guess.
  const isTwo = isCapped && hash && !parse && !separator && text.includes(',')
  return reject(
    isTwo ? 'ambiguous-signature' : 'malformed-signature',
    `${header} must be ${prefix}<${encoding} of ${hash ?? 'token'}>`,
  )
}

function missing(fields: readonly { header: string }[]): Rejected {
  return reject('missing-signature', `no ${fields.map(({ header }) => header).join(' or ')}`)
}
