import { type DigestEncoding, type Provider, requireOneOf, type Scheme } from '@countersign/core'

export * from '@countersign/core'

/** Where the vendor's pages differ, or say nothing. */
export interface InsiderOptions {
  /**
   * 'hmac' (default): the header carries HMAC-SHA1 of the raw body, as the vendor's later page says. 'token': it carries the
   * secret itself, as the vendor's curl example shows; then nothing ties the body to the secret, and the verdict says so
   * (`assurance: 'shared-token'`).
   */
  mode?: 'hmac' | 'token' | undefined
  /** How the digest is written. Default 'hex'; the vendor does not publish it. Not used in token mode. */
  encoding?: DigestEncoding | undefined
}

const HEADER = 'X-INS-AUTH'
const DAY_MS = 24 * 60 * 60 * 1000

/** Insider: one secret, in `X-INS-AUTH`; the vendor swaps it at once. @throws CountersignError `provider-invalid`. */
export function insider(options: InsiderOptions = {}): Provider {
  return Object.freeze<Provider>({
    id: 'insider',
    title: 'Insider',
    docs: 'https://academy.insiderone.com/docs/secret-key',
    scheme: schemeOf(options),
    rotation: { kind: 'swap', defaultGraceMs: DAY_MS },
    secrets: { issuedBy: 'you', alphabet: 'hex', bytes: 32 },
  })
}

function schemeOf({ mode = 'hmac', encoding = 'hex' }: InsiderOptions): Scheme {
  requireOneOf(mode, ['hmac', 'token'], 'insider', 'mode')
  requireOneOf(encoding, ['hex', 'base64'], 'insider', 'encoding')
  if (mode === 'token') return { kind: 'token', header: HEADER }
  return { kind: 'hmac', hash: 'sha1', signature: { header: HEADER, encoding }, signed: ({ body }) => [body] }
}
