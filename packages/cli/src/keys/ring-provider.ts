import type { AnyProvider } from '@countersign/core'
import { InvalidArgumentError } from 'commander'
import { type ProviderFlags, providerFrom } from '../provider-option.js'
import { adapterOf, PROVIDERS } from '../providers.js'

/** Rotation knows no headers, and nobody should have to name them for it. */
const STAND_INS = ['headers.primary=X-Primary', 'headers.secondary=X-Secondary']

/** By whose rules a ring rotates: the provider that was named, else the one that has the ring's name. */
export function ringProvider(flags: ProviderFlags, ring: string): AnyProvider | undefined {
  const id = flags.provider ?? adapterOf(ring)?.id
  if (id === undefined) return undefined
  const given = flags.option ?? []
  const needsHeaders = id === 'agilepoint' && !given.some((text) => text.startsWith('headers.'))
  return providerFrom({ provider: id, option: needsHeaders ? [...given, ...STAND_INS] : given })
}

/** @throws InvalidArgumentError where neither says it. */
export function requireRingProvider(flags: ProviderFlags, ring: string): AnyProvider {
  const provider = ringProvider(flags, ring)
  if (provider !== undefined) return provider
  const ids = PROVIDERS.map(({ id }) => id).join(', ')
  throw new InvalidArgumentError(`the name of '${ring}' does not tell whose keys these are: --provider ${ids}`)
}
