import { type Claimed, malformed } from './claim.js'
import { fail } from './errors.js'
import type { Ring } from './keys-input.js'
import { match } from './match.js'
import { type Trace, traceKey } from './observation.js'
import { isWellFormed, type Plan } from './plan.js'
import type { Prepared } from './prepare.js'
import { type Rejected, type RejectReason, reject } from './verdict.js'

/**
 * Why no usable key matched. Keys that expired within a day or were revoked are tried only to name the reason (law 6);
 * nothing that they match is accepted.
 */
export function mismatch(
  plan: Plan,
  prepared: Prepared,
  ring: Ring,
  now: number,
  trace: Partial<Trace>,
): Rejected | Promise<Rejected> {
  let isAnyCanonical: boolean | undefined
  let isTwo: boolean | undefined
  for (let one: Claimed | undefined = prepared.next; one; one = one.next) {
    const text = one.text.slice(one.at)
    isAnyCanonical ||= isWellFormed(plan, text)
    // A token may hold a comma of its own; only when nothing matched is it a sign of two values.
    isTwo ||= !plan.hash && text.includes(',')
  }
  // How a header's only signature is spelt was not looked at until now: none that is spelt otherwise than canonically fits.
  if (!isAnyCanonical) return malformed(plan, prepared.next.field, prepared.next.text)
  const usable = ring.usable(now)
  if (!usable[0]) fail('no-usable-key')
  return match(plan, prepared, ring.ended?.(now) ?? [], (key) => {
    if (key) return reject(`key-${traceKey(trace, ring, key, now)}` as RejectReason, `'${key.id}'`)
    return reject(isTwo ? 'ambiguous-signature' : 'no-matching-key', `tried ${usable.map((one) => `'${one.id}'`)}`)
  })
}
