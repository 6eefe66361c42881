import { type DigestEncoding, encode, isCanonical } from './encoding.js'
import { digestBytes } from './hash.js'
import type { AnyProvider } from './provider.js'
import type { HmacScheme, SignatureField, TokenScheme } from './scheme.js'

/** Where everything may be missing, and be undefined. */
type Possible<Whole> = { readonly [Part in keyof Whole]?: Whole[Part] | undefined }

/** A header to read signatures or tokens from. */
export interface Field extends Possible<Omit<SignatureField, 'encoding'>> {
  /** As the scheme spells it. */
  readonly header: string
  /** The header in lower case. */
  readonly name: string
  readonly prefix: string
  /** The scheme's own, or what splits at its separator; undefined where the whole value is one signature. */
  readonly parse: SignatureField['parse']
  /** What its value must be, for the detail of a refusal: made here, so that forgeries do not cost it each time. */
  readonly form: string
}

/** A scheme, worked out once for all deliveries. In token mode it has no hash and signs nothing. */
export interface Plan extends Possible<Omit<HmacScheme, 'kind' | 'signature'>> {
  readonly fields: readonly Field[]
  /** Of all fields. Tokens have none, and nothing looks for it. */
  readonly encoding: DigestEncoding
  /** Length of a signature's text; false for tokens. */
  readonly length: number | false
}

export function createPlan({ scheme }: AnyProvider): Plan {
  // By the kind, never by the hash: an hmac scheme whose hash is missing must not become one of tokens.
  const hmac = scheme.kind === 'hmac' && scheme
  const { header } = scheme as TokenScheme
  const given = hmac
    ? [hmac.signature].flat()
    : typeof header === 'string'
      ? [scheme as TokenScheme & { header: string }]
      : Object.entries(header).map(([slot, header]) => ({ ...(scheme as TokenScheme), header, slot }))
  const { encoding } = given[0] as SignatureField
  // Name by name, so that all fields have one shape: what is read of objects of many takes the engine longer. `at` is said, so
  // that no candidate of ours inherits one from a polluted prototype.
  const fields = given.map(
    ({ header, prefix = '', slot, separator, parse }: Possible<SignatureField> & { header: string }) => ({
      name: header.toLowerCase(),
      header,
      form: `${header} must be ${prefix}<${hmac ? `${encoding} of ${hmac.hash}` : 'token'}>`,
      prefix,
      slot,
      separator,
      parse:
        parse ||
        (separator && ((text: string) => ({ candidates: text.split(separator).map((text) => ({ text, at: 0 })) }))),
    }),
  ) as Field[]
  const length = hmac && encode(new Uint8Array(digestBytes(hmac.hash)), encoding).length
  return { ...hmac, fields, encoding, length }
}

/** Whether a text of the right length can be a signature; whether a text can be a token. */
export function isWellFormed({ hash, encoding }: Plan, text: string): boolean {
  return hash ? isCanonical(text, encoding) : !!text
}
