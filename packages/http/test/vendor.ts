import { createHmac } from 'node:crypto'
import {
  createVerifier,
  defineProvider,
  type FetchRequest,
  type Keyring,
  keyring,
  type Provider,
  type Verifier,
  type VerifierOptions,
} from '@countersign/core'

export const SECRET = 'a-secret-for-tests'
export const NOW = Date.UTC(2026, 0, 1)

/** A vendor that signs a delivery id and a stamp, and has a new stamp in each retry. */
export const acme: Provider = defineProvider({
  id: 'acme',
  title: 'Acme',
  docs: 'https://acme.example/webhooks',
  scheme: {
    kind: 'hmac',
    hash: 'sha256',
    signature: { header: 'X-Acme-Signature', encoding: 'hex' },
    timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
    id: { header: 'X-Acme-Id' },
    signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
  },
  rotation: { kind: 'swap', defaultGraceMs: 3_600_000 },
})

/** A vendor whose deliveries are told apart by their bodies alone. */
export const plain: Provider = defineProvider({
  ...acme,
  id: 'plain',
  scheme: {
    kind: 'hmac',
    hash: 'sha256',
    signature: { header: 'X-Acme-Signature', encoding: 'hex' },
    signed: ({ body }) => [body],
  },
})

/** A vendor that sends its secret. */
export const tokenVendor: Provider = defineProvider({
  ...acme,
  id: 'token-vendor',
  scheme: { kind: 'token', header: 'X-Acme-Token' },
})

export function verifierOf(options: Partial<VerifierOptions<unknown>> = {}): Verifier {
  return createVerifier(acme, { keys: SECRET, now: () => NOW, ...options })
}

interface Dates {
  activeFrom?: number
  retireFrom?: number
  notAfter?: number
  revokedAt?: number
}

/** A ring of the key that signs, `key-1`, and one that does not. */
export function ringWith(dates: Dates, others: Dates = {}): Keyring {
  return keyring([
    { id: 'key-1', secret: SECRET, ...dates },
    { id: 'key-2', secret: 'another-secret-for-tests', ...others },
  ])
}

export interface Sent {
  readonly body?: string | Uint8Array
  readonly id?: string
  readonly secret?: string
  /** Seconds off `NOW`. */
  readonly ageSeconds?: number
  readonly url?: string
  readonly method?: string
  readonly headers?: Record<string, string>
}

/** A delivery of Acme's, signed by `node:crypto`. */
export function delivery({ body = '{"n":1}', id = 'evt_1', secret = SECRET, ageSeconds = 0, ...more }: Sent = {}) {
  const timestamp = String(NOW / 1000 - ageSeconds)
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('hex')
  return posted(
    body,
    {
      'x-acme-id': id,
      'x-acme-timestamp': timestamp,
      'x-acme-signature': signature,
      ...more.headers,
    },
    more,
  )
}

/** A delivery of a plain vendor's. */
export function plainDelivery({ body = '{"n":1}', secret = SECRET, ...more }: Sent = {}) {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  return posted(body, { 'x-acme-signature': signature, ...more.headers }, more)
}

export function posted(
  body: string | Uint8Array,
  headers: Record<string, string>,
  { url, method }: Sent = {},
): FetchRequest {
  return new Request(url ?? 'https://receiver.example/webhooks', {
    method: method ?? 'POST',
    headers,
    ...(method !== 'GET' && method !== 'HEAD' && { body }),
  })
}
