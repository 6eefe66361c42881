import { canonical, type DigestEncoding } from './encoding.js'
import { digestBytes } from './hash.js'
import type { AnyProvider } from './provider.js'
import type { HmacScheme, Scheme, SignatureField } from './scheme.js'

/** A header to read signatures or tokens from. */
export type Field = Omit<SignatureField, 'encoding'>

/** A scheme, worked out once for all deliveries. In token mode it has no hash and signs nothing. */
export interface Plan extends Partial<Omit<HmacScheme, 'kind' | 'signature'>> {
  readonly fields: readonly Field[]
  readonly encoding: DigestEncoding
  /** What the text of a signature or token looks like. */
  readonly wellFormed: RegExp
}

export function createPlan({ scheme }: AnyProvider): Plan {
  // By the kind, never by the hash: an hmac scheme whose hash is missing must not become one of tokens.
  const hmac = scheme.kind === 'hmac' && scheme
  const fields = fieldsOf(scheme)
  const { encoding = 'hex' }: Partial<SignatureField> = fields[0] ?? {}
  return { ...hmac, fields, encoding, wellFormed: hmac ? canonical(encoding, digestBytes(hmac.hash)) : /./ }
}

function fieldsOf(scheme: Scheme): readonly Field[] {
  if (scheme.kind === 'hmac') return [scheme.signature].flat()
  const { header } = scheme
  if (typeof header === 'string') return [{ ...scheme, header }]
  return Object.entries(header).map(([slot, name]) => ({ ...scheme, slot, header: name }))
}
