import type { Hash } from '../../hash.js'
import type { HmacScheme, TokenScheme } from '../../scheme.js'
import { parseRfc3339 } from '../../timestamp.js'
import type { ContentForm } from '../readings/content-forms.js'
import type { FoundDigest } from '../readings/digest-readings.js'
import { readStamp } from '../readings/stamp-readings.js'
import { type SignaturePlace, signaturePlace } from './signature-place.js'

/** What one delivery says about how its sender signs. */
export interface SignedSo {
  readonly digest: FoundDigest
  readonly hash: Hash
  readonly form: ContentForm
  /** Where a signed stamp stands: a header of its own, or (undefined) the signature's. */
  readonly stamp: { readonly header: string | undefined; readonly text: string } | undefined
  readonly idHeader: string | undefined
}

/** A scheme, and the same as the text of a provider. */
export interface InferredScheme {
  readonly scheme: HmacScheme | TokenScheme
  readonly source: string
  readonly summary: string
}

export function hmacScheme({ digest, hash, form, stamp, idHeader }: SignedSo): InferredScheme {
  const place = signaturePlace(digest)
  const unit = stamp && unitOf(stamp.text)
  const header = stamp?.header
  const scheme: HmacScheme = {
    kind: 'hmac',
    hash,
    signature: place.field,
    ...(unit !== undefined && {
      timestamp: { unit, ...(header !== undefined && { header }), ...(unit === 'auto' && { parse: parseRfc3339 }) },
    }),
    ...(idHeader !== undefined && { id: { header: idHeader } }),
    signed: form.signed,
  }
  const lines = [
    "kind: 'hmac'",
    `hash: '${hash}'`,
    `signature: ${place.source}`,
    ...(unit === undefined
      ? []
      : [`timestamp: { ${header === undefined ? '' : `header: '${header}', `}unit: '${unit}' }`]),
    ...(idHeader === undefined ? [] : [`id: { header: '${idHeader}' }`]),
    `signed: ${form.source}`,
  ]
  return { scheme, source: providerSource(lines), summary: summaryOf(digest, hash, form, place) }
}

/** A stamp in micro- or nanoseconds is one that no scheme has; then nothing is checked of its age. */
function unitOf(text: string): 's' | 'ms' | 'auto' | undefined {
  const { unit } = readStamp(text) ?? {}
  if (unit === 'seconds') return 's'
  if (unit === 'milliseconds') return 'ms'
  return unit === 'a date' && parseRfc3339(text) !== undefined ? 'auto' : undefined
}

function summaryOf({ header, spelling }: FoundDigest, hash: Hash, form: ContentForm, place: SignaturePlace): string {
  return `${header} holds HMAC-${hash.toUpperCase()} of ${form.name} in ${spelling}, ${place.name}.`
}

export function tokenScheme(header: string, prefix: string): InferredScheme {
  const scheme: TokenScheme = { kind: 'token', header, ...(prefix !== '' && { prefix }) }
  const lines = ["kind: 'token'", `header: '${header}'`, ...(prefix === '' ? [] : [`prefix: '${prefix}'`])]
  const behind = prefix === '' ? '' : ` behind '${prefix}'`
  return {
    scheme,
    source: providerSource(lines),
    summary: `${header} holds the secret itself${behind} (token mode): nothing ties the body to it.`,
  }
}

function providerSource(scheme: readonly string[]): string {
  return `import { defineProvider } from '@countersign/core'

export const provider = defineProvider({
  id: 'my-vendor',
  title: 'My vendor',
  docs: 'https://vendor.example/webhooks',
  scheme: {
${scheme.map((line) => `    ${line},`).join('\n')}
  },
  // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
  rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
})
`
}
