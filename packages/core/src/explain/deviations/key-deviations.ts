import { type Key, stateOf } from '../../key.js'
import type { Field } from '../../plan.js'
import { spanWords } from '../words.js'
import type { Deviation } from './deviation.js'

/** What keeps a key that fits from being used: its dates, or the slot. */
export function keyDeviations(key: Key, field: Field | undefined, now: number): readonly Deviation[] {
  return [...stateDeviation(key, now), ...slotDeviation(key, field)]
}

function stateDeviation(key: Key, now: number): Deviation[] {
  switch (stateOf(key, now)) {
    case 'expired':
      return [
        {
          code: 'key-expired',
          summary: `had it not expired ${spanWords(now - (key.notAfter ?? now))} ago`,
          fix: 'Finish the change of keys at the vendor, which still signs with this one; next time, let the old key retire for longer.',
        },
      ]
    case 'revoked':
      return [
        {
          code: 'key-revoked',
          summary: `had it not been revoked ${spanWords(now - (key.revokedAt ?? now))} ago`,
          fix: 'Change the secret at the vendor, which still signs with this one; where that was done already, someone else has the key: refusing is right.',
        },
      ]
    default:
      return []
  }
}

function slotDeviation({ slot }: Key, field: Field | undefined): Deviation[] {
  if (field?.slot === undefined || field.slot === slot) return []
  return [
    {
      code: 'other-slot',
      summary: `if it were the key of slot '${field.slot}': its signature stands in ${field.header}`,
      fix: `Exchange the keys of the slots '${slot}' and '${field.slot}', or the names of their headers: they are the wrong way round.`,
    },
  ]
}
