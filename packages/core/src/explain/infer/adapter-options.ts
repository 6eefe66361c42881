import type { HmacScheme, Scheme } from '../../scheme.js'
import type { FoundDigest } from '../readings/digest-readings.js'
import type { InferredFact } from './inferred-facts.js'
import { literal } from './literal.js'

/** The options of one of the adapters, which verify such a delivery. */
export interface AdapterOptions {
  /** The provider's `id`, which is the adapter's package behind `@countersign/`. */
  readonly provider: string
  /** What its function is to be called with. */
  readonly options: Record<string, unknown>
}

/** The adapter that is known by the header, if it can be told to take such a scheme. */
export function adapterOptions({ header, scheme, form, digest }: InferredFact): AdapterOptions | undefined {
  switch (header.toLowerCase()) {
    case 'x-autify-signature':
      return isPlain(scheme, 'sha1', 'hex', 'sha1=') && form === '<body>'
        ? { provider: 'autify', options: {} }
        : undefined
    case 'x-ins-auth':
      return insiderOptions(scheme, form)
    case 'x-ol-signature':
      return isBase64Behind(digest, /(?:^|[ \t,])v1a?[ \t,]$/) ? orangeLogicOptions(scheme, form) : undefined
    case 'digitalriver-signature':
      // The stamp comes first, and neither it nor a signature has a label.
      return isBase64Behind(digest, /^[^,=]+,(?:.*,)?[ \t]*$/) &&
        scheme.kind === 'hmac' &&
        scheme.hash === 'sha256' &&
        form === '<timestamp>.<body>'
        ? { provider: 'global-commerce', options: {} }
        : undefined
    default:
      return undefined
  }
}

function insiderOptions(scheme: Scheme, form: string | undefined): AdapterOptions | undefined {
  if (scheme.kind === 'token')
    return scheme.prefix === undefined ? { provider: 'insider', options: { mode: 'token' } } : undefined
  const encoding = (['hex', 'base64'] as const).find((one) => isPlain(scheme, 'sha1', one, undefined))
  if (encoding === undefined || form !== '<body>') return undefined
  return { provider: 'insider', options: { mode: 'hmac', encoding } }
}

function orangeLogicOptions(scheme: Scheme, form: string | undefined): AdapterOptions | undefined {
  if (scheme.kind !== 'hmac' || (scheme.hash !== 'sha256' && scheme.hash !== 'sha512')) return undefined
  const isStandard =
    form === '<id>.<timestamp>.<body>' &&
    scheme.id?.header.toLowerCase() === 'webhook-id' &&
    scheme.timestamp?.header?.toLowerCase() === 'webhook-timestamp' &&
    scheme.timestamp.unit === 's'
  const signedContent = form === '<body>' ? 'body' : isStandard ? 'standard-webhooks' : undefined
  return signedContent && { provider: 'orange-logic', options: { hash: scheme.hash, signedContent } }
}

/** Whether the signature is canonical base64, and what stands before it in the header has that form. */
function isBase64Behind(digest: FoundDigest | undefined, form: RegExp): boolean {
  return digest?.spelling === 'base64' && form.test(digest.value.slice(0, digest.start))
}

/** Whether the whole header is one canonical signature behind that prefix. */
function isPlain(scheme: Scheme, hash: string, encoding: string, prefix: string | undefined): scheme is HmacScheme {
  if (scheme.kind !== 'hmac' || scheme.hash !== hash || Array.isArray(scheme.signature)) return false
  const [field] = [scheme.signature].flat()
  return field?.parse === undefined && field?.encoding === encoding && field?.prefix === prefix
}

/**
 * AgilePoint has no header names of its own to be known by: two headers, each of another secret and else alike, are how it
 * signs. The first secret is taken for the primary one; its facts come first.
 */
export function agilePointOptions(facts: readonly InferredFact[]): AdapterOptions | undefined {
  const [primary, secondary, ...others] = facts
  if (primary === undefined || secondary === undefined || others.length > 0) return undefined
  const isPair =
    primary.header.toLowerCase() !== secondary.header.toLowerCase() && primary.secretIndex !== secondary.secretIndex
  if (!isPair || !isAlike(primary, secondary)) return undefined
  const headers = { primary: primary.header, secondary: secondary.header }
  const { scheme } = primary
  if (scheme.kind === 'token') return { provider: 'agilepoint', options: { headers, mode: 'token' } }
  const [field] = [scheme.signature].flat()
  return { provider: 'agilepoint', options: { headers, hash: scheme.hash, encoding: field?.encoding, mode: 'hmac' } }
}

function isAlike(one: InferredFact, other: InferredFact): boolean {
  if (one.scheme.kind === 'token' || other.scheme.kind === 'token') {
    return one.scheme.kind === other.scheme.kind && ![one, other].some(({ scheme }) => 'prefix' in scheme)
  }
  const { hash } = one.scheme
  const encoding = [one.scheme.signature].flat()[0]?.encoding ?? ''
  return (
    one.form === '<body>' &&
    other.form === '<body>' &&
    [one, other].every(({ scheme }) => isPlain(scheme, hash, encoding, undefined))
  )
}

/** The adapter's call, as text. */
export function adapterSource({ provider, options }: AdapterOptions): string {
  const factory = provider.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const name = provider === 'agilepoint' ? 'agilePoint' : factory
  const given = Object.keys(options).length === 0 ? '' : valueSource(options)
  return `import { ${name} } from '@countersign/${provider}'\n\nexport const provider = ${name}(${given})\n`
}

function valueSource(value: unknown): string {
  if (typeof value === 'string') return literal(value)
  const entries = Object.entries(value as Record<string, unknown>).map(([name, one]) => `${name}: ${valueSource(one)}`)
  return `{ ${entries.join(', ')} }`
}
