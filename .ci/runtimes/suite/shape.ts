import type { AnyProvider } from '@countersign/core'

/** What matters of a provider to who tampers with its deliveries. */
export interface Shape {
  readonly isToken: boolean
  /** Header names of signatures or tokens. */
  readonly headers: readonly string[]
  /** Where one header carries several: what stands between them. */
  readonly separator?: string | undefined
  readonly stampHeader?: string | undefined
  readonly hasStamp?: boolean
  readonly idHeader?: string | undefined
  /** Whether a header's entries are read by the adapter's own grammar. */
  readonly hasGrammar?: boolean
}

export function shapeOf({ scheme }: AnyProvider): Shape {
  if (scheme.kind === 'token') {
    const headers = typeof scheme.header === 'string' ? [scheme.header] : Object.values(scheme.header)
    return { isToken: true, headers, separator: scheme.separator }
  }
  const fields = [scheme.signature].flat()
  return {
    isToken: false,
    headers: fields.map(({ header }) => header),
    separator: fields[0]?.separator,
    stampHeader: scheme.timestamp?.header,
    hasStamp: scheme.timestamp !== undefined,
    idHeader: scheme.id?.header,
    hasGrammar: fields.some(({ parse }) => parse !== undefined),
  }
}
