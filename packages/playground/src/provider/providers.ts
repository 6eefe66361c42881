import { type AgilePointHeaders, agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import type { AnyProvider, DigestEncoding, Hash } from '@countersign/core'
import { globalCommerce } from '@countersign/global-commerce'
import { insider } from '@countersign/insider'
import { orangeLogic } from '@countersign/orange-logic'

type Values = Readonly<Record<string, string>>

/** An option of an adapter, as a form asks for it. */
export interface OptionField {
  readonly name: string
  readonly label: string
  readonly initial: string
  /** Left out, any text. */
  readonly choices?: readonly string[]
  readonly hint?: string
  /** Whether it means anything beside the others. */
  readonly isShown?: (values: Values) => boolean
}

export interface ProviderEntry {
  readonly id: string
  readonly title: string
  readonly fields: readonly OptionField[]
  /** @throws CountersignError `provider-invalid`. */
  readonly create: (values: Values) => AnyProvider
}

/** A provider and its options, as they stand in a form. */
export interface ProviderChoice {
  readonly id: string
  readonly values: Values
}

const isHmac = ({ mode }: Values) => mode === 'hmac'
const NOT_PUBLISHED = 'The vendor does not publish it: read it off one delivery.'

/** The one list of the page's vendors. The names that AgilePoint's headers have here are stand-ins. */
export const PROVIDERS: readonly ProviderEntry[] = [
  {
    id: 'agilepoint',
    title: 'AgilePoint NX',
    fields: [
      {
        name: 'layout',
        label: 'Headers',
        initial: 'one for each key',
        choices: ['one for each key', 'one for both keys'],
        hint: NOT_PUBLISHED,
      },
      { name: 'primary', label: 'Primary header', initial: 'X-Your-Primary', isShown: hasTwoHeaders },
      { name: 'secondary', label: 'Secondary header', initial: 'X-Your-Secondary', isShown: hasTwoHeaders },
      { name: 'both', label: 'Header', initial: 'X-Your-Digests', isShown: (values) => !hasTwoHeaders(values) },
      { name: 'separator', label: 'Separator', initial: ';', isShown: (values) => !hasTwoHeaders(values) },
      { name: 'mode', label: 'Mode', initial: 'hmac', choices: ['hmac', 'token'], hint: NOT_PUBLISHED },
      {
        name: 'hash',
        label: 'Hash',
        initial: 'sha256',
        choices: ['sha1', 'sha256', 'sha384', 'sha512'],
        isShown: isHmac,
      },
      { name: 'encoding', label: 'Digest encoding', initial: 'base64', choices: ['hex', 'base64'], isShown: isHmac },
    ],
    create: (values) => {
      const { mode, hash, encoding } = values
      return agilePoint({
        headers: headersOf(values),
        mode: mode as 'hmac' | 'token',
        hash: hash as Hash,
        encoding: encoding as DigestEncoding,
      })
    },
  },
  {
    id: 'orange-logic',
    title: 'Orange Logic',
    fields: [
      { name: 'hash', label: 'Hash', initial: 'sha256', choices: ['sha256', 'sha512'] },
      { name: 'signedContent', label: 'Signed content', initial: 'body', choices: ['body', 'standard-webhooks'] },
    ],
    create: ({ hash, signedContent }) =>
      orangeLogic({
        hash: hash as 'sha256' | 'sha512',
        signedContent: signedContent as 'body' | 'standard-webhooks',
      }),
  },
  {
    id: 'insider',
    title: 'Insider',
    fields: [
      {
        name: 'mode',
        label: 'Mode',
        initial: 'hmac',
        choices: ['hmac', 'token'],
        hint: "The vendor's pages disagree.",
      },
      { name: 'encoding', label: 'Digest encoding', initial: 'hex', choices: ['hex', 'base64'], isShown: isHmac },
    ],
    create: ({ mode, encoding }) => insider({ mode: mode as 'hmac' | 'token', encoding: encoding as DigestEncoding }),
  },
  {
    id: 'global-commerce',
    title: 'Digital River Global Commerce',
    fields: [
      {
        name: 'activates',
        label: 'A new secret signs',
        initial: 'after-grace',
        choices: ['after-grace', 'immediately'],
        hint: "The vendor's pages disagree. A receiver accepts both.",
      },
    ],
    create: ({ activates }) => globalCommerce({ activates: activates as 'after-grace' | 'immediately' }),
  },
  { id: 'autify', title: 'Autify', fields: [], create: () => autify() },
]

export function entryOf(id: string): ProviderEntry {
  return PROVIDERS.find((entry) => entry.id === id) as ProviderEntry
}

export function initialChoice(id: string): ProviderChoice {
  return { id, values: Object.fromEntries(entryOf(id).fields.map(({ name, initial }) => [name, initial])) }
}

/** @throws CountersignError `provider-invalid`, such as for a header name that is none. */
export function providerOf({ id, values }: ProviderChoice): AnyProvider {
  return entryOf(id).create(values)
}

function hasTwoHeaders({ layout }: Values): boolean {
  return layout === 'one for each key'
}

function headersOf(values: Values): AgilePointHeaders {
  const { primary = '', secondary = '', both = '', separator = '' } = values
  return hasTwoHeaders(values) ? { primary, secondary } : { both, separator }
}
