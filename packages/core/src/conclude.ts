import { fail } from './errors.js'
import { stateOf } from './key.js'
import type { Keyring } from './keyring.js'
import { match } from './match.js'
import type { Plan } from './plan.js'
import type { Prepared } from './prepare.js'
import { type Rejected, type RejectReason, reject } from './verdict.js'

/** Whether the stamp is off by more than the tolerance, in either direction: one of next year is as forged as an old one. */
export function staleness({ timestamp }: Prepared, now: number, toleranceSeconds: number): Rejected | undefined {
  const age = (now - (timestamp ?? now)) / 1000
  if (Math.abs(age) <= toleranceSeconds) return undefined
  return reject(age > 0 ? 'too-old' : 'too-new', `off by ${age} s`)
}

/**
 * Why no usable key matched. Keys that expired within a day or were revoked are tried only to name the reason (law 6);
 * nothing that they match is accepted.
 */
export async function mismatch(plan: Plan, prepared: Prepared, ring: Keyring, now: number): Promise<Rejected> {
  const usable = ring.usable(now)
  if (!usable.length) fail('no-usable-key')
  const ended = ring.keys.filter(
    (key) => !usable.includes(key) && (key.revokedAt !== undefined || now - (key.notAfter ?? now) <= 86_400_000),
  )
  const key = await match(plan, prepared, ended)
  if (key) return reject(`key-${stateOf(key, now)}` as RejectReason, `'${key.id}' matches`)
  // A token may hold a comma of its own; only when nothing matched is it a sign of two values.
  const isTwo = !plan.hash && prepared.candidates.some(({ text }) => text.includes(','))
  return reject(isTwo ? 'ambiguous-signature' : 'no-matching-key', `tried ${usable.map(({ id }) => `'${id}'`)}`)
}
