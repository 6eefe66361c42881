import { type Provider, parseRfc3339, requireOneOf } from '@countersign/core'
import { parseSignatures } from './signature-header.js'

export * from '@countersign/core'

/** Where the vendor's pages differ. */
export interface GlobalCommerceOptions {
  /**
   * When the vendor begins to sign with a new secret: 'after-grace' (default, the later of the vendor's pages) or
   * 'immediately'. It matters to `sign` and to what a key's state is called; a receiver accepts both throughout.
   */
  activates?: 'immediately' | 'after-grace' | undefined
}

/**
 * Digital River Global Commerce: `DigitalRiver-Signature: <timestamp>, <base64>[, <base64>...]`, HMAC-SHA256 of
 * `<timestamp>.<raw body>`, one signature for each active secret, of which there are up to five.
 *
 * @throws CountersignError `provider-invalid` for options that are none of the above.
 */
export function globalCommerce(options: GlobalCommerceOptions = {}): Provider {
  const { activates = 'after-grace' } = options
  requireOneOf(activates, ['immediately', 'after-grace'], 'global-commerce', 'activates')
  return Object.freeze<Provider>({
    id: 'global-commerce',
    title: 'Digital River Global Commerce',
    docs: 'https://help.digitalriver.com/help/gc/Administration/Webhook-Service/Webhook-service.htm',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'DigitalRiver-Signature', encoding: 'base64', parse: parseSignatures },
      // The vendor does not publish the unit; the signed text always has the characters as received.
      timestamp: { unit: 'auto', parse: parseRfc3339 },
      signed: ({ body, timestamp }) => [`${timestamp}.`, body],
      // The header's name once more: as a constant it costs more of the browser's bundle.
      format: (digests, { timestamp }) => ({
        'DigitalRiver-Signature': [timestamp, ...digests.map((one) => one.text)].join(', '),
      }),
    },
    rotation: {
      kind: 'expiring',
      max: 5,
      // What an old secret's expiry may be set to: immediately, or after so many hours.
      gracesMs: [0, 1, 3, 6, 12, 24].map((hours) => hours * 3_600_000),
      activates,
    },
    secrets: { issuedBy: 'vendor' },
  })
}
