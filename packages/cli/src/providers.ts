import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import type { AnyProvider } from '@countersign/core'
import { globalCommerce } from '@countersign/global-commerce'
import { insider } from '@countersign/insider'
import { orangeLogic } from '@countersign/orange-logic'

/** A value that `--option name=value` may have. */
export interface ProviderOption {
  /** A dot stands for a member: `headers.primary`. */
  readonly name: string
  readonly kind: 'text' | 'milliseconds' | readonly string[]
  /** Undefined where there is none, and the adapter says what is missing. */
  readonly default?: string
  readonly meaning: string
}

/** An adapter, as it is named in code and on the command line. */
export interface Adapter {
  readonly id: string
  /** The function's name in the package `@countersign/<id>`. */
  readonly factory: string
  readonly options: readonly ProviderOption[]
  /** @throws CountersignError `provider-invalid`. */
  create(options: Record<string, unknown>): AnyProvider
}

const ENCODING = { name: 'encoding', kind: ['hex', 'base64'], meaning: 'how a digest is written' } as const
const MODE = {
  name: 'mode',
  kind: ['hmac', 'token'],
  default: 'hmac',
  meaning: 'whether the header holds a digest or the secret itself',
} as const

export const PROVIDERS: readonly Adapter[] = [
  {
    id: 'agilepoint',
    factory: 'agilePoint',
    options: [
      { name: 'headers.primary', kind: 'text', meaning: "header of the primary key's digest" },
      { name: 'headers.secondary', kind: 'text', meaning: "header of the secondary key's digest" },
      { name: 'headers.both', kind: 'text', meaning: 'header of both digests, where it is one' },
      { name: 'headers.separator', kind: 'text', meaning: 'what stands between the two in that header' },
      { name: 'hash', kind: ['sha1', 'sha256', 'sha384', 'sha512'], default: 'sha256', meaning: 'hash of the HMAC' },
      { ...ENCODING, default: 'base64' },
      MODE,
    ],
    create: (options) => agilePoint(options as never),
  },
  {
    id: 'orange-logic',
    factory: 'orangeLogic',
    options: [
      { name: 'hash', kind: ['sha256', 'sha512'], default: 'sha256', meaning: 'hash of the HMAC' },
      {
        name: 'signedContent',
        kind: ['body', 'standard-webhooks'],
        default: 'body',
        meaning: 'the raw body, or id.timestamp.body',
      },
      {
        name: 'rotationPeriodMs',
        kind: 'milliseconds',
        default: '3600000',
        meaning: 'for how long both keys sign',
      },
    ],
    create: (options) => orangeLogic(options),
  },
  {
    id: 'insider',
    factory: 'insider',
    options: [MODE, { ...ENCODING, default: 'hex' }],
    create: (options) => insider(options),
  },
  {
    id: 'global-commerce',
    factory: 'globalCommerce',
    options: [
      {
        name: 'activates',
        kind: ['after-grace', 'immediately'],
        default: 'after-grace',
        meaning: 'when the vendor begins to sign with a new secret',
      },
    ],
    create: (options) => globalCommerce(options),
  },
  { id: 'autify', factory: 'autify', options: [], create: () => autify() },
]

export function adapterOf(id: string): Adapter | undefined {
  return PROVIDERS.find((adapter) => adapter.id === id)
}
