import { type HmacScheme, type Provider, requireOneOf } from '@countersign/core'
import { formatSignatures, HEADER, parseSignatures } from './signature-header.js'

export * from '@countersign/core'

/** What the vendor's administrator has set. */
export interface OrangeLogicOptions {
  /** Default 'sha256'; the vendor's administrator may switch to 'sha512'. */
  hash?: 'sha256' | 'sha512' | undefined
  /**
   * What is signed. 'body' (default): the raw body. 'standard-webhooks': `id.timestamp.body` of the Standard Webhooks
   * specification that the vendor points to, with its `webhook-id` and `webhook-timestamp` headers; stamps may be off by 300 s.
   */
  signedContent?: 'body' | 'standard-webhooks' | undefined
  /** How long the vendor signs with both keys, in milliseconds. Default one hour; the vendor's administrator may change it. */
  rotationPeriodMs?: number | undefined
}

const ID = 'orange-logic'

const CONTENTS: Record<
  NonNullable<OrangeLogicOptions['signedContent']>,
  Pick<HmacScheme, 'signed' | 'timestamp' | 'id'>
> = {
  body: { signed: ({ body }) => [body] },
  'standard-webhooks': {
    id: { header: 'webhook-id' },
    timestamp: { header: 'webhook-timestamp', unit: 's' },
    signed: ({ id, timestamp, body }) => {
      // `a.1` and a body are the same bytes as `a`, 1 and another body.
      if (id.includes('.')) throw new Error(ID)
      return [`${id}.${timestamp}.`, body]
    },
  },
}

/**
 * Orange Logic: HMAC in base64 in `X-ol-signature`, the old key's as `v1,` and during a rotation the new one's beside it as
 * `v1a,`. That label is no ed25519 signature here, as it is in Standard Webhooks.
 *
 * @throws CountersignError `provider-invalid` for options that are none of the above.
 */
export function orangeLogic(options: OrangeLogicOptions = {}): Provider {
  const { hash = 'sha256', signedContent = 'body', rotationPeriodMs = 60 * 60 * 1000 } = options
  requireOneOf(hash, ['sha256', 'sha512'], ID, 'hash')
  requireOneOf(signedContent, Object.keys(CONTENTS), ID, 'signedContent')
  return Object.freeze<Provider>({
    id: ID,
    title: 'Orange Logic',
    docs: 'https://developer.orangelogic.com/reference/use-webhook-signatures',
    scheme: {
      kind: 'hmac',
      hash,
      signature: { header: HEADER, encoding: 'base64', parse: parseSignatures },
      format: formatSignatures,
      ...CONTENTS[signedContent],
    },
    rotation: { kind: 'overlap', defaultGraceMs: rotationPeriodMs },
    secrets: { issuedBy: 'either', alphabet: 'alphanumeric', bytes: 32 },
  })
}
