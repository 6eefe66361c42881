import type { AnyProvider, RotationPolicy, Scheme } from '@countersign/core'
import type { Adapter, ProviderOption } from '../providers.js'

/** What there is to know of a provider. */
export interface ProviderDescription {
  readonly id: string
  readonly title: string
  readonly package: string
  readonly headers: readonly string[]
  readonly digest: string
  readonly rotation: string
  readonly secretsFrom: string
  readonly options: readonly ProviderOption[]
  readonly docs: string
}

/** AgilePoint publishes no header names, and an adapter without them cannot be made. */
const UNPUBLISHED = { primary: 'primary', secondary: 'secondary' }

export function descriptionOf({ id, options, create }: Adapter): ProviderDescription {
  const isNamed = !options.some(({ name }) => name.startsWith('headers.'))
  const provider = create(isNamed ? {} : { headers: UNPUBLISHED })
  const { title, scheme, rotation, docs } = provider
  return {
    id,
    title,
    package: `@countersign/${id}`,
    headers: isNamed ? headersOf(scheme) : [],
    digest: digestOf(scheme),
    rotation: rotationWords(rotation),
    secretsFrom: issuedBy(provider),
    options,
    docs,
  }
}

function headersOf(scheme: Scheme): string[] {
  if (scheme.kind === 'token')
    return [scheme.header].flatMap((header) => (typeof header === 'string' ? header : Object.values(header)))
  return [scheme.signature].flat().map(({ header }) => header)
}

function digestOf(scheme: Scheme): string {
  if (scheme.kind === 'token') return 'none: the secret itself'
  const [field] = [scheme.signature].flat()
  return `HMAC-${scheme.hash.toUpperCase()}, ${field?.encoding}`
}

function rotationWords(policy: RotationPolicy): string {
  switch (policy.kind) {
    case 'overlap':
      return `old and new sign for ${hours(policy.defaultGraceMs)}`
    case 'expiring':
      return `up to ${policy.max} secrets; the old one expires within ${hours(Math.max(...policy.gracesMs))}, or at once`
    case 'slots':
      return `${policy.slots.join(' and ')} key, one at a time, ${hours(policy.guardMs)} or more apart`
    case 'swap':
      return 'swapped at once'
  }
}

function hours(milliseconds: number): string {
  const count = milliseconds / 3_600_000
  return count === 1 ? 'an hour' : `${count} hours`
}

const ISSUERS = { vendor: 'the vendor', you: 'you', either: 'you or the vendor' } as const

function issuedBy({ secrets }: AnyProvider): string {
  return ISSUERS[secrets?.issuedBy ?? 'either']
}
