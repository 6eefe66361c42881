import { type Rereadable, readHeader } from './headers.js'
import { type Field, isWellFormed, type Plan } from './plan.js'
import type { Candidate, ParsedSignature } from './scheme.js'
import { type NotRejected, type Rejected, reject } from './verdict.js'

/** A signature, and the header that it stands in. */
export interface Claimed extends Candidate {
  readonly field: Field
  /** Where in the text it begins. The text is the whole header where nothing parses it: comparing a slice costs twice as much. */
  readonly at: number
}

/** What the headers of signatures hold. */
export interface Claim extends NotRejected {
  readonly candidates: Claimed[]
  timestamp: string | undefined
  id: string | undefined
}

/**
 * The candidates of all headers of signatures. Each header counts for itself: where a vendor sends two and either suffices
 * (AgilePoint), a malformed one does not cost the other. Within one header everything must be well-formed.
 */
export function readClaim(plan: Plan, headers: Rereadable): Claim | Rejected {
  const claim: Claim = { candidates: [], timestamp: undefined, id: undefined }
  const { candidates } = claim
  let fault: Rejected | undefined
  for (const field of plan.fields) {
    const { length } = candidates
    const text = readHeader(headers, field.name)
    if (text !== undefined && !readField(plan, field, text, claim)) {
      fault = malformed(plan, field, text)
      // All that a header holds, or none of it.
      if (candidates[length]) candidates.length = length
    }
  }
  if (candidates[0]) return claim
  return fault ?? reject('missing-signature', `no ${plan.fields.map((field) => field.header)}`)
}

/**
 * Adds what one header holds, if it is right: then true. Caps come first: 8 KiB, and 8 candidates in all (law 4). A header's
 * only signature is looked at by its length alone: none that is spelt otherwise than canonically fits a key, so how it is
 * spelt only names the reason (mismatch.ts). What was added of a header that is refused is for the caller to take back.
 */
function readField(plan: Plan, field: Field, text: string, claim: Claim): boolean | undefined {
  const { prefix, separator, slot, parse } = field
  const { length } = plan
  const { candidates } = claim
  const at = prefix.length
  if (text.length > 8192 || !text.startsWith(prefix)) return
  // Without a separator there is one signature: the whole value.
  if (!parse && !separator) {
    if (candidates[7] || (length && text.length !== length + at)) return
    candidates.push({ text, field, slot, at })
    return true
  }
  const value = text.slice(at)
  try {
    const {
      candidates: found,
      timestamp,
      id,
    }: ParsedSignature = parse
      ? parse(value)
      : { candidates: value.split(separator as string).map((text) => ({ text })) }
    if (!found[0]) return
    for (const { text, slot: own, label } of found) {
      if (candidates[7] || (length && text.length !== length) || (found[1] && !isWellFormed(plan, text))) return
      // Nothing else of what `parse` returns: it may have made properties of the sender's text.
      candidates.push({ text, field, slot: slot ?? own, at: 0, label })
    }
    claim.timestamp = timestamp ?? claim.timestamp
    claim.id = id ?? claim.id
    return true
  } catch {
    // A throw of the provider's `parse` is a malformed signature.
    return
  }
}

/** Why a header's text is refused. */
export function malformed(plan: Plan, field: Field, text: string): Rejected {
  // Sent twice, or joined from two: which one counts is anyone's guess.
  const isTwo =
    plan.hash && !field.parse && !field.separator && text.length <= 8192 && text.replace(field.prefix, '').includes(',')
  return reject(isTwo ? 'ambiguous-signature' : 'malformed-signature', field.form)
}
