import type { Hash } from '../../hash.js'
import type { HmacScheme, TokenScheme } from '../../scheme.js'
import type { ContentForm } from '../readings/content-forms.js'
import type { FoundDigest } from '../readings/digest-readings.js'
import { literal } from './literal.js'
import { type SignaturePlace, signaturePlace } from './signature-place.js'
import { stampPlace } from './stamp-place.js'

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

export function hmacScheme(
  { digest, hash, form, stamp, idHeader }: SignedSo,
  holdsSecret: (text: string) => boolean,
): InferredScheme {
  const place = signaturePlace(digest, holdsSecret)
  const read = stamp && stampPlace(stamp.text, stamp.header)
  const scheme: HmacScheme = {
    kind: 'hmac',
    hash,
    signature: place.field,
    ...(read !== undefined && { timestamp: read.timestamp }),
    ...(idHeader !== undefined && { id: { header: idHeader } }),
    signed: form.signed,
  }
  const lines = [
    "kind: 'hmac'",
    `hash: '${hash}'`,
    `signature: ${place.source}`,
    ...(read === undefined ? [] : [`timestamp: ${read.source}`]),
    ...(idHeader === undefined ? [] : [`id: { header: ${literal(idHeader)} }`]),
    `signed: ${form.source}`,
  ]
  return { scheme, source: providerSource(lines), summary: summaryOf(digest, hash, form, place) }
}

function summaryOf({ header, spelling }: FoundDigest, hash: Hash, form: ContentForm, place: SignaturePlace): string {
  return `${header} holds HMAC-${hash.toUpperCase()} of ${form.name} in ${spelling}, ${place.name}.`
}

export function tokenScheme(header: string, prefix: string): InferredScheme {
  const scheme: TokenScheme = { kind: 'token', header, ...(prefix !== '' && { prefix }) }
  const lines = [
    "kind: 'token'",
    `header: ${literal(header)}`,
    ...(prefix === '' ? [] : [`prefix: ${literal(prefix)}`]),
  ]
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
