import { type HeadersInput, type Rereadable, readHeader, rereadable } from './headers.js'
import type { Part } from './mac.js'
import type { Plan } from './plan.js'
import type { Candidate, ParsedSignature } from './scheme.js'
import { parseTimestamp } from './timestamp.js'
import { type NotRejected, type Rejected, reject } from './verdict.js'

/** What a delivery claims, taken out of it once: nothing of the sender's or the provider's runs after this (law 3). */
export interface Prepared extends NotRejected {
  readonly body: Uint8Array
  readonly candidates: readonly Candidate[]
  /** The signed content; undefined in token mode. */
  readonly parts: readonly Part[] | undefined
  /** Milliseconds since the epoch. */
  readonly timestamp: number | undefined
  readonly deliveryId: string | undefined
}

/** What all headers of signatures hold. */
interface Claim extends ParsedSignature, NotRejected {}

/** What a scheme reads beside the body. */
interface Envelope {
  readonly headers: HeadersInput
  readonly url?: string | undefined
  readonly method?: string | undefined
}

/** Reads the headers of a scheme, and puts together what is signed. */
export function prepare(plan: Plan, envelope: Envelope, body: Uint8Array): Prepared | Rejected {
  const { url = '', method = 'POST' } = envelope
  const { timestamp: stampField, id: idField, signed } = plan
  const headers = rereadable(envelope.headers)
  const claim = readClaim(plan, headers)
  if (claim.ok === false) return claim
  const {
    candidates,
    timestamp: stamp = readHeader(headers, stampField?.header),
    id = readHeader(headers, idField?.header),
  } = claim
  if (idField && (!id || id.length > 8192)) return reject('missing-signature', `no ${idField.header}`)
  try {
    const timestamp = stampField && (parseTimestamp(stamp ?? '', stampField.unit) ?? stampField.parse?.(stamp ?? ''))
    if (stampField && typeof timestamp !== 'number') {
      return reject(`timestamp-${stamp === undefined ? 'missing' : 'malformed'}`, `unit '${stampField.unit}'`)
    }
    const parts = signed?.({ body, timestamp: stamp ?? '', id: id ?? '', url, method, label: candidates[0]?.label })
    return { body, candidates, parts, timestamp, deliveryId: idField && id }
  } catch {
    // The provider signed a plain message when it was defined: it is the sender's that it cannot.
    return reject('malformed-signature', 'content')
  }
}

/**
 * The candidates of all headers of signatures. Each header counts for itself: where a vendor sends two and either suffices
 * (AgilePoint), a malformed one does not cost the other. Within one header everything must be well-formed.
 */
function readClaim({ fields, hash, encoding, wellFormed }: Plan, headers: Rereadable): Claim | Rejected {
  let claim: Claim = { candidates: [] }
  let fault: Rejected | undefined
  for (const { header, prefix = '', slot, separator, parse } of fields) {
    const text = readHeader(headers, header)
    if (text === undefined) continue
    try {
      // Caps before anything else looks at it: 8 KiB, and 8 candidates (law 4).
      if (text.length <= 8192 && text.startsWith(prefix)) {
        const value = text.slice(prefix.length)
        // Without a separator there is one signature: the whole value.
        const parsed: ParsedSignature = parse
          ? parse(value)
          : { candidates: value.split(separator as string).map((part) => ({ text: part })) }
        const own = parsed.candidates.map((candidate) => ({ ...candidate, slot: slot ?? candidate.slot }))
        const candidates = [...claim.candidates, ...own]
        if (own.length && candidates.length <= 8 && own.every((one) => wellFormed.test(one.text))) {
          // Nothing else of what `parse` returns: it may have made properties of the sender's text.
          const { timestamp = claim.timestamp, id = claim.id } = parsed
          claim = { candidates, timestamp, id }
          continue
        }
      }
    } catch {
      // A throw of the provider's `parse` is a malformed signature.
    }
    // Sent twice, or joined from two: which one counts is anyone's guess.
    const isTwo = text.length <= 8192 && hash && !parse && !separator && text.includes(',')
    fault = reject(
      `${isTwo ? 'ambiguous' : 'malformed'}-signature`,
      `${header} must be ${prefix}<${encoding} of ${hash ?? 'token'}>`,
    )
  }
  if (claim.candidates.length) return claim
  return fault ?? reject('missing-signature', `no ${fields.map(({ header }) => header)}`)
}
