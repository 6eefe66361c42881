import type { AnyProvider, DigestEncoding, HmacScheme, SignatureField } from '@countersign/core'
import { type Example, signedExample } from '../delivery/example.js'
import type { KeyRow } from '../delivery/key-row.js'
import { madeUpSecret } from '../delivery/made-up-secret.js'

/** What a receiver has: the delivery as it arrived, and the keys that it believes in. */
interface Received {
  readonly delivery: Example
  readonly rows: readonly KeyRow[]
}

/** What a vendor signed, and with what: enough to sign it again, wrongly. */
export interface Signed extends Received {
  readonly provider: AnyProvider
  /** When it was signed. */
  readonly now: number
}

export interface Mistake {
  readonly id: string
  readonly title: string
  readonly isPossible: (provider: AnyProvider) => boolean
  readonly make: (signed: Signed) => Received | Promise<Received>
}

const HOUR_MS = 3_600_000
const isHmac = ({ scheme }: AnyProvider) => scheme.kind === 'hmac'
const always = () => true

/** What goes wrong in practice: on the way, at the sender, or in the receiver's configuration. */
export const MISTAKES: readonly Mistake[] = [
  {
    id: 'reserialised',
    title: 'The JSON was parsed and written anew, with indents',
    isPossible: isHmac,
    make: changeBody(reserialised),
  },
  {
    id: 'newline',
    title: 'A line break was added at the end of the body',
    isPossible: isHmac,
    make: changeBody((body) => `${body}\n`),
  },
  {
    id: 'one-byte',
    title: 'One byte of the body was changed',
    isPossible: isHmac,
    make: changeBody((body) => body.replace(/[a-z0-9]/i, (one) => (one === '1' ? '2' : '1'))),
  },
  {
    id: 'secret-space',
    title: 'The secret was pasted with a blank at its end',
    isPossible: always,
    make: changeRows((row) => ({ ...row, secret: `${row.secret} ` })),
  },
  {
    id: 'wrong-secret',
    title: 'The secret is that of another endpoint',
    isPossible: always,
    make: ({ provider, delivery, rows }) => ({
      delivery,
      rows: rows.map((row) => ({ ...row, secret: madeUpSecret(provider) })),
    }),
  },
  {
    id: 'other-encoding',
    title: 'The digest was sent in the other encoding (hex, base64)',
    isPossible: isHmac,
    make: async ({ provider, delivery, rows, now }) => ({
      delivery: await signedExample(inOtherEncoding(provider), rows, delivery, now),
      rows,
    }),
  },
  {
    id: 'old-stamp',
    title: 'It was signed an hour ago',
    isPossible: hasTimestamp,
    make: async ({ provider, delivery, rows, now }) => ({
      delivery: await signedExample(provider, rows, delivery, now - HOUR_MS),
      rows,
    }),
  },
  {
    id: 'expired-key',
    title: 'The key has expired, and a new one is in use',
    isPossible: always,
    make: ({ provider, delivery, rows }) => ({
      delivery,
      rows: rows.flatMap((row, index) => [
        { ...row, state: 'expired' as const },
        { ...row, row: rows.length + index, id: `${row.id}-new`, secret: madeUpSecret(provider) },
      ]),
    }),
  },
  {
    id: 'swapped-slots',
    title: "Each slot has the other one's key",
    isPossible: ({ slots, scheme }) => slots !== undefined && !hasOneHeader(scheme),
    make: ({ delivery, rows }) => ({
      delivery,
      rows: rows.map((row, index) => ({ ...row, secret: (rows[rows.length - 1 - index] as KeyRow).secret })),
    }),
  },
  {
    id: 'no-header',
    title: 'A proxy dropped the signature',
    isPossible: always,
    make: ({ delivery, rows }) => {
      const { 'Content-Type': type = '' } = delivery.headers
      return { delivery: { ...delivery, headers: { 'Content-Type': type } }, rows }
    },
  },
]

export function mistakesFor(provider: AnyProvider): readonly Mistake[] {
  return MISTAKES.filter((mistake) => mistake.isPossible(provider))
}

/** What it makes throws an Error for a body that it cannot change: what is signed would still be right. */
function changeBody(change: (body: string) => string): Mistake['make'] {
  return ({ delivery, rows }) => {
    const body = change(delivery.body)
    if (body === delivery.body) throw new Error('That changes nothing in this body: take another body or mistake.')
    return { delivery: { ...delivery, body }, rows }
  }
}

function reserialised(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    throw new Error('The body is no JSON, which nobody can write anew: take another body or mistake.')
  }
}

function changeRows(change: (row: KeyRow) => KeyRow): Mistake['make'] {
  return ({ delivery, rows }) => ({ delivery, rows: rows.map(change) })
}

function hasTimestamp({ scheme }: AnyProvider): boolean {
  return scheme.kind === 'hmac' && scheme.timestamp !== undefined
}

function hasOneHeader(scheme: AnyProvider['scheme']): boolean {
  return scheme.kind === 'hmac' ? !Array.isArray(scheme.signature) : typeof scheme.header === 'string'
}

function inOtherEncoding(provider: AnyProvider): AnyProvider {
  const scheme = provider.scheme as HmacScheme
  const other = (field: SignatureField): SignatureField => ({ ...field, encoding: OTHER[field.encoding] })
  const { signature } = scheme
  const changed = Array.isArray(signature) ? signature.map(other) : other(signature as SignatureField)
  return { ...provider, scheme: { ...scheme, signature: changed } }
}

const OTHER: Readonly<Record<DigestEncoding, DigestEncoding>> = { hex: 'base64', base64: 'hex' }
