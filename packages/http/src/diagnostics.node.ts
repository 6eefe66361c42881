import { channel } from 'node:diagnostics_channel'
import type { TellDiagnostics } from './diagnostics.js'

/** Every delivery. */
const deliveries = channel('countersign:delivery')
/** Those that were signed with a key that is on its way out, or has ended: it is not safe to remove yet, or was removed too soon. */
const oldKeys = channel('countersign:old-key')

export const tellDiagnostics: TellDiagnostics = (observation) => {
  deliveries.publish(observation)
  const { keyState } = observation
  if (keyState === 'retiring' || keyState === 'expired' || keyState === 'revoked') oldKeys.publish(observation)
}
