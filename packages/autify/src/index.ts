import type { Provider } from '@countersign/core'

export * from '@countersign/core'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Autify: HMAC-SHA1 of the raw body, as `X-Autify-Signature: sha1=<lower-case hex>`. One secret, which you generate; the
 * vendor swaps it at once.
 */
export function autify(): Provider {
  return Object.freeze<Provider>({
    id: 'autify',
    title: 'Autify',
    docs: 'https://help.autify.com/docs/securing-your-webhooks',
    scheme: {
      kind: 'hmac',
      hash: 'sha1',
      signature: { header: 'X-Autify-Signature', prefix: 'sha1=', encoding: 'hex' },
      signed: ({ body }) => [body],
    },
    rotation: { kind: 'swap', defaultGraceMs: DAY_MS },
    // 20 random bytes in hex, as the vendor's page shows.
    secrets: { issuedBy: 'you', alphabet: 'hex', bytes: 20 },
  })
}
