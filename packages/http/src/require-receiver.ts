import { CountersignError } from '@countersign/core'
import type { Receiver } from './receiver.js'

/** At start-up, rather than with the first delivery. @throws CountersignError `option-invalid`. */
export function requireReceiver(receiver: Receiver, skin: string): void {
  if (typeof receiver?.answer === 'function') return
  throw new CountersignError('option-invalid', `${skin} takes what createReceiver made`)
}
