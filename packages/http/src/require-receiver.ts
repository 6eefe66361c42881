import { CountersignError } from '@countersign/core'
import type { Receiver } from './receiver.js'

/** What a skin is given, if it is a receiver. @throws CountersignError `option-invalid`, at start-up. */
export function requireReceiver(receiver: Receiver, skin: string): Receiver {
  if (typeof receiver?.answer === 'function') return receiver
  throw new CountersignError('option-invalid', `${skin} takes what createReceiver made`)
}
