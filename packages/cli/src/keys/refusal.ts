import { type AnyProvider, CountersignError, type Keyring, nextRotation } from '@countersign/core'
import { formatDuration } from './duration.js'
import { when } from './when.js'

/** A rule of the vendor's that forbids a rotation, in the words of the command line instead of those of the library. */
export function refusal(
  error: unknown,
  ring: Keyring,
  provider: AnyProvider,
  slot: string | undefined,
  now: number,
): unknown {
  if (!(error instanceof CountersignError)) return error
  const said = inOurWords(error, ring, provider, slot, now)
  return said === undefined ? error : Object.assign(new Error(`${error.code}: ${said}`), { code: error.code })
}

function inOurWords(
  { code }: CountersignError,
  ring: Keyring,
  provider: AnyProvider,
  slot: string | undefined,
  now: number,
): string | undefined {
  const policy = provider.rotation
  switch (code) {
    case 'grace-not-allowed':
      return `${provider.title} has these: --grace ${policy.kind === 'expiring' ? policy.gracesMs.map(formatDuration).join(', ') : '0, or leave it out'}`
    case 'slot-required':
      return `say which slot: --slot ${provider.slots?.join(' or --slot ') ?? ''}`
    case 'other-slot-too-recent':
      return `the other slot was rotated a short while ago: a receiver that has not its new key yet still needs this one. ${guardEnd(ring, provider, slot, now)}, or lose deliveries with --force`
    case 'rotation-in-progress': {
      const { at } = nextRotation(ring, provider, now)
      return `${provider.title} still signs with two keys. Wait until ${when(at, now)}, or lose deliveries with --force`
    }
    default:
      return undefined
  }
}

function guardEnd(ring: Keyring, { rotation }: AnyProvider, slot: string | undefined, now: number): string {
  const turns = ring.keys.filter((key) => key.slot !== slot).map(({ activeFrom = 0 }) => activeFrom)
  const last = Math.max(...turns.filter((at) => at <= now))
  return rotation.kind === 'slots' && last > 0 ? `Wait until ${when(last + rotation.guardMs, now)}` : 'Wait'
}
