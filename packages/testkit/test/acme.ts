import { createHmac } from 'node:crypto'
import { defineProvider, type HmacScheme, type ParsedSignature, type Provider } from '@countersign/core'
import type { Vector } from '../src/index.js'

// A made-up vendor: `Acme-Signature: t=<stamp>,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 of `<stamp>.<body>`.

export const NOW = 1767225600000
export const OLD = 'acme-secret-of-december'
export const NEW = 'acme-secret-of-january'
export const BODY = '{ "id": 17, "text": "Größe\\r\\n" }\n'

const HEADER = 'Acme-Signature'

export function parseAcme(text: string): ParsedSignature {
  const entries = text
    .split(',')
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)])
  const stamps = entries.filter(([name]) => name === 't')
  if (stamps.length !== 1 || !entries.every(([name]) => name === 't' || name === 'v1')) throw new Error('not of Acme')
  const candidates = entries.filter(([name]) => name === 'v1').map(([label, value = '']) => ({ text: value, label }))
  return { timestamp: stamps[0]?.[1], candidates }
}

/** The vendor, or one with a defect in its scheme. */
export function acme(defect: Partial<HmacScheme> & { parse?: typeof parseAcme } = {}): Provider {
  const { parse = parseAcme, ...scheme } = defect
  return defineProvider({
    id: 'acme',
    title: 'Acme',
    docs: 'https://acme.example/webhooks',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: HEADER, encoding: 'hex', parse },
      timestamp: { unit: 's' },
      signed: ({ timestamp, body }) => [`${timestamp}.`, body],
      format: (digests, { timestamp }) => ({
        [HEADER]: [`t=${timestamp}`, ...digests.map(({ text }) => `v1=${text}`)].join(','),
      }),
      ...scheme,
    },
    rotation: { kind: 'swap', defaultGraceMs: 0 },
  })
}

export function hmac(
  secret: string | Uint8Array,
  content: string | Uint8Array,
  encoding: 'hex' | 'base64' = 'hex',
  hash = 'sha256',
) {
  return createHmac(hash, secret).update(content).digest(encoding)
}

/** A delivery of Acme's, signed with these secrets. */
export function acmeVector(secrets: readonly string[], changes: Partial<Vector> = {}): Vector {
  const stamp = String(NOW / 1000)
  const signatures = secrets.map((secret) => `v1=${hmac(secret, `${stamp}.${BODY}`)}`)
  return {
    comment: `Signed with ${secrets.length} of its secrets.`,
    keys: [
      { id: 'december', secret: OLD },
      { id: 'january', secret: NEW, activeFrom: NOW + 1 },
    ],
    headers: { [HEADER]: [`t=${stamp}`, ...signatures].join(',') },
    body: BODY,
    now: NOW + 1500,
    result: 'valid',
    keyId: 'december',
    keyState: 'active',
    ...changes,
  }
}

/** An invalid one. */
export function refusedVector(reason: string, changes: Partial<Vector> = {}): Vector {
  return { ...acmeVector([OLD], changes), result: 'invalid', keyId: undefined, keyState: undefined, reason }
}
