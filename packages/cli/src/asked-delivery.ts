import type { AnyProvider, Keyring } from '@countersign/core'
import type { CapturedRequest } from '@countersign/core/explain'
import type { JudgingFlags } from './judging-options.js'
import { type KeyFlags, ringFrom } from './key-options.js'
import { type ProviderFlags, providerFrom } from './provider-option.js'
import { type RequestFlags, requestFrom } from './request-input.js'
import type { Terminal } from './terminal.js'

/** The options of a command that is asked about one captured delivery. */
export interface DeliveryFlags extends RequestFlags, ProviderFlags, KeyFlags, JudgingFlags {}

/** A captured delivery, and all that it is judged by. */
export interface AskedDelivery {
  readonly provider: AnyProvider
  readonly request: CapturedRequest
  readonly keys: Keyring
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What the options name, the cheapest to get wrong first. Throws as what it is read by. */
export async function askedDelivery(
  path: string | undefined,
  flags: DeliveryFlags,
  terminal: Terminal,
): Promise<AskedDelivery> {
  const provider = providerFrom(flags)
  const request = await requestFrom(path, flags, terminal)
  const keys = await ringFrom(flags, provider, terminal)
  return { provider, request, keys, now: flags.now ?? terminal.now() }
}
