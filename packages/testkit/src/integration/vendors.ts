import { createHmac } from 'node:crypto'
import { type Candidate, defineProvider, type ParsedSignature, type Provider } from '@countersign/core'

/** A header of a message: the name in the case in which it is sent, and its text. */
export type Header = readonly [name: string, text: string]

/** A made-up vendor. Its MACs come from `node:crypto`, never from the code under test. */
export interface Vendor {
  readonly provider: Provider
  readonly secret: string
  /** The header that the signature, or the token, is in. */
  readonly signature: string
  sign(body: Uint8Array, how?: SignedHow): readonly Header[]
}

export interface SignedHow {
  /** Default: the vendor's. */
  readonly secret?: string
  readonly id?: string
  /** In milliseconds since the epoch. Default: NOW. */
  readonly stamp?: number
}

/** The receiver's clock stands still. */
export const NOW = 1767225600000
/** In milliseconds: how far a stamp may be off. */
export const TOLERANCE = 300_000

const rotation = { kind: 'swap', defaultGraceMs: 0 } as const

/** One signature of the body alone, in hex, and no id: as most vendors have it. */
export const PLAIN: Vendor = {
  provider: defineProvider({
    id: 'plain',
    title: 'Plain',
    docs: 'https://plain.example/webhooks',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'X-Plain-Signature', encoding: 'hex' },
      signed: ({ body }) => [body],
    },
    rotation,
  }),
  secret: 'the-made-up-secret-of-plain',
  signature: 'X-Plain-Signature',
  sign: (body, { secret = PLAIN.secret } = {}) => [
    ['X-Plain-Signature', createHmac('sha256', secret).update(body).digest('hex')],
  ],
}

/** An id, a stamp, and several signatures between spaces, as Standard Webhooks has it. */
export const STAMPED: Vendor = {
  provider: defineProvider({
    id: 'stamped',
    title: 'Stamped',
    docs: 'https://stamped.example/webhooks',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'Webhook-Signature', encoding: 'base64', parse: parseEntries },
      id: { header: 'Webhook-Id' },
      timestamp: { header: 'Webhook-Timestamp', unit: 's' },
      signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
      format: (digests) => ({ 'Webhook-Signature': digests.map(({ text }) => `v1,${text}`).join(' ') }),
    },
    rotation,
    toleranceSeconds: TOLERANCE / 1000,
  }),
  secret: 'the-made-up-secret-of-stamped',
  signature: 'Webhook-Signature',
  sign: (body, { secret = STAMPED.secret, id = 'msg_1', stamp = NOW } = {}) => {
    const seconds = String(Math.floor(stamp / 1000))
    const mac = createHmac('sha256', secret).update(`${id}.${seconds}.`).update(body).digest('base64')
    return [
      ['Webhook-Id', id],
      ['Webhook-Timestamp', seconds],
      ['Webhook-Signature', `v1,${mac}`],
    ]
  },
}

/** A bare secret, in a header of which servers like to keep only the first. */
export const TOKEN: Vendor = {
  provider: defineProvider({
    id: 'token',
    title: 'Token',
    docs: 'https://token.example/webhooks',
    scheme: { kind: 'token', header: 'Authorization', prefix: 'Bearer ' },
    rotation,
  }),
  secret: 'the-made-up-secret-of-token',
  signature: 'Authorization',
  sign: (_, { secret = TOKEN.secret } = {}) => [['Authorization', `Bearer ${secret}`]],
}

/** Entries between spaces; those of other versions than `v1` are skipped. */
function parseEntries(text: string): ParsedSignature {
  const candidates: Candidate[] = []
  for (const entry of text.split(' ')) {
    const [version, signature, ...rest] = entry.split(',')
    if (signature === undefined || rest.length > 0) throw new Error('not a version and a signature')
    if (version === 'v1') candidates.push({ text: signature })
  }
  return { candidates }
}
