import { fail } from './errors.js'
import type { Keyring } from './keyring.js'
import { match } from './match.js'
import { type Trace, traceKey } from './observation.js'
import type { Plan } from './plan.js'
import type { Prepared } from './prepare.js'
import { type Rejected, type RejectReason, reject } from './verdict.js'

/**
 * Why no usable key matched. Keys that expired within a day or were revoked are tried only to name the reason (law 6);
 * nothing that they match is accepted.
 */
export async function mismatch(
  plan: Plan,
  prepared: Prepared,
  ring: Keyring,
  now: number,
  trace: Partial<Trace>,
): Promise<Rejected> {
  const usable = ring.usable(now)
  if (!usable.length) fail('no-usable-key')
  const ended = ring.keys.filter(
    (key) => !usable.includes(key) && (key.revokedAt !== undefined || now - (key.notAfter ?? now) <= 86_400_000),
  )
  const key = ended[await match(plan, prepared, ended)]
  if (key) return reject(`key-${traceKey(trace, key, now)}` as RejectReason, `'${key.id}'`)
  // A token may hold a comma of its own; only when nothing matched is it a sign of two values.
  const isTwo = !plan.hash && prepared.candidates.some(({ text }) => text.includes(','))
  return reject(isTwo ? 'ambiguous-signature' : 'no-matching-key', `tried ${usable.map(({ id }) => `'${id}'`)}`)
}
