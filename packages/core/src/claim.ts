import { type Rereadable, readHeader } from './headers.js'
import { type Field, isWellFormed, type Plan } from './plan.js'
import type { Candidate } from './scheme.js'
import { type NotRejected, type Rejected, reject } from './verdict.js'

/** Where the next signature of a delivery is hung. A list, since an array is made for seventeen as soon as it grows. */
interface Link {
  next: Claimed | undefined
  /** That of the list up to here; 0 where none is hung yet. */
  readonly length: number
}

/** A signature, and the header that it stands in. */
export interface Claimed extends Candidate, Link {
  readonly field: Field
  /** Where nothing parses it, the text is the whole header, and this the length of the prefix. */
  readonly at: number
}

/** What the headers of signatures hold; `next` is the first of them. */
export interface Claim extends NotRejected, Link {
  timestamp: string | undefined
  id: string | undefined
}

/**
 * The candidates of all headers of signatures. Each header counts for itself: where a vendor sends two and either suffices
 * (AgilePoint), a malformed one does not cost the other. Within one header everything must be well-formed.
 */
export function readClaim(plan: Plan, headers: Rereadable): Claim | Rejected {
  const claim: Claim = { next: undefined, length: 0, timestamp: undefined, id: undefined }
  let last: Link = claim
  let fault: Rejected | undefined
  for (const field of plan.fields) {
    const text = readHeader(headers, field.name)
    const end = text !== undefined && readField(plan, field, text, claim, last)
    if (end) last = end
    else if (text !== undefined) {
      // All that a header holds, or none of it.
      last.next = undefined
      fault = malformed(plan, field, text)
    }
  }
  if (claim.next) return claim
  return fault ?? reject('missing-signature', `no ${plan.fields.map((field) => field.header)}`)
}

/**
 * Hangs what one header holds behind the last, if it is right: then gives the new last. Caps come first: 8 KiB, and 8
 * candidates in all (law 4). A header's only signature is looked at by its length alone: none that is spelt otherwise than
 * canonically fits a key, so how it is spelt only names the reason (mismatch.ts). What was hung of a header that is refused
 * is for the caller to take back.
 */
function readField(plan: Plan, field: Field, text: string, claim: Claim, last: Link): Link | undefined {
  const { parse, prefix, slot } = field
  const at = prefix.length
  if (text.length > 8192 || (at && !text.startsWith(prefix))) return
  // Where nothing parses it, the whole value is one signature.
  if (!parse) {
    if (last.length > 7 || (plan.length && text.length !== plan.length + at)) return
    return hang(last, field, text, at, slot)
  }
  try {
    const { candidates: found, timestamp, id } = parse(text.slice(at))
    if (!found[0]) return
    for (const { text, at = 0, slot: own, label } of found) {
      if (last.length > 7 || (plan.length && text.length !== plan.length + at)) return
      if (found[1] && !isWellFormed(plan, text.slice(at))) return
      // Nothing else of what `parse` returns: it may have made properties of the sender's text.
      last = hang(last, field, text, at, slot ?? own, label)
    }
    claim.timestamp = timestamp ?? claim.timestamp
    claim.id = id ?? claim.id
    return last
  } catch {
    // A throw of the provider's `parse` is a malformed signature.
    return
  }
}

/** Hangs a signature behind the last: gives the new last. */
function hang(last: Link, field: Field, text: string, at: number, slot?: string, label?: string): Claimed {
  const one: Claimed = { next: undefined, length: last.length + 1, field, text, at, slot, label }
  last.next = one
  return one
}

/** Why a header's text is refused. */
export function malformed(plan: Plan, field: Field, text: string): Rejected {
  // Sent twice, or joined from two: which one counts is anyone's guess.
  const isTwo = plan.hash && !field.parse && text.length <= 8192 && text.replace(field.prefix, '').includes(',')
  return reject(isTwo ? 'ambiguous-signature' : 'malformed-signature', field.form)
}
