import type { ErrorCode, RejectReason, SecretEncoding } from '@countersign/core'

export const PROVIDERS = ['agilepoint', 'orange-logic', 'insider', 'global-commerce', 'autify'] as const

export type ProviderId = (typeof PROVIDERS)[number]

/** What became of a delivery, in a word. */
export type Outcome = 'accepted' | RejectReason | ErrorCode

/** Every refusal of a delivery that is not authentic. */
export const REFUSED: readonly Outcome[] = [
  'missing-signature',
  'malformed-signature',
  'ambiguous-signature',
  'no-matching-key',
  'timestamp-missing',
  'timestamp-malformed',
]

export type Header = readonly [name: string, value: string]

/** A key as plain data. */
export interface KeyData {
  readonly id: string
  readonly secret: string
  readonly encoding?: SecretEncoding
  readonly slot?: string | undefined
  readonly activeFrom?: number
  readonly retireFrom?: number
  readonly notAfter?: number
  readonly revokedAt?: number
}

/** How the headers are handed over. */
export const HEADER_FORMS = ['object', 'headers', 'entries', 'map', 'iterator'] as const

/** How the body is handed over. */
export type BodyForm =
  | 'bytes'
  | 'text'
  | 'buffer'
  | 'view'
  | 'dataView'
  | 'shared'
  | 'null'
  | 'undefined'
  | 'request'
  | 'stream'
  // What goes wrong on the receiver's side.
  | 'parsed'
  | 'read'
  | 'locked'
  | 'broken'

/** One delivery with all that its verdict depends on, as plain data: what it is made of in one runtime it is in another. */
export interface Delivery {
  readonly provider: ProviderId
  readonly index: number
  /** What was done to it. */
  readonly kind: string
  readonly options: unknown
  readonly keys: readonly KeyData[]
  readonly keysAs: 'ring' | 'plain' | 'source'
  /** Only a source knows tenants. */
  readonly tenant?: 'known' | 'unknown' | undefined
  readonly headers: readonly Header[]
  readonly headersAs: (typeof HEADER_FORMS)[number]
  readonly body: Uint8Array
  /** Where the body is given as text that is not Unicode: its bytes are then those of U+FFFD. */
  readonly text?: string | undefined
  readonly bodyAs: BodyForm
  /** Sizes of a stream's chunks, over and over. */
  readonly chunks: readonly number[]
  readonly now: number
  readonly toleranceSeconds?: number | undefined
  readonly maxBodyBytes?: number | undefined
  /** Which of the schemas of the adapter's `./events`. */
  readonly schema?: string | undefined
  readonly observed: boolean
  /** What may become of it, where that is known. */
  readonly expected?: readonly Outcome[] | undefined
}
