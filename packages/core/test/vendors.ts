import { defineProvider, type HmacScheme, type Provider, type RotationPolicy } from '../src/index.js'

const HOUR_MS = 3_600_000

export const policies = {
  swap: { kind: 'swap', defaultGraceMs: HOUR_MS },
  overlap: { kind: 'overlap', defaultGraceMs: HOUR_MS },
  afterGrace: { kind: 'expiring', max: 5, gracesMs: [0, HOUR_MS, 3 * HOUR_MS], activates: 'after-grace' },
  immediately: { kind: 'expiring', max: 5, gracesMs: [0, HOUR_MS, 3 * HOUR_MS], activates: 'immediately' },
  slots: { kind: 'slots', slots: ['primary', 'secondary'], guardMs: 24 * HOUR_MS, periodMs: 30 * 24 * HOUR_MS },
} satisfies Record<string, RotationPolicy>

const about = { id: 'acme', title: 'Acme', docs: 'https://acme.example/webhooks' }

/** One signature in a header of its own, and whatever else a test wants to differ. */
export function plainVendor(changes: Partial<Provider> = {}, scheme: Partial<HmacScheme> = {}): Provider {
  return defineProvider({
    ...about,
    rotation: policies.swap,
    ...changes,
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'X-Acme-Signature', encoding: 'hex' },
      signed: ({ body }) => [body],
      ...scheme,
    },
  })
}

/** Several signatures in one header, between blanks. */
export function listVendor(rotation: RotationPolicy, changes: Partial<HmacScheme> = {}): Provider {
  const signature = { header: 'X-Acme-Signature', encoding: 'base64', separator: ' ' } as const
  return plainVendor({ rotation }, { signature, ...changes })
}

/** A seconds stamp in a header of its own, signed. */
export function stampedVendor(unit: 's' | 'ms' | 'auto' = 's'): Provider {
  return plainVendor(
    {},
    {
      timestamp: { header: 'X-Acme-Timestamp', unit },
      signed: ({ timestamp, body }) => [`${timestamp}.`, body],
    },
  )
}

export function slottedVendor(): Provider<unknown, 'primary' | 'secondary'> {
  const slots = ['primary', 'secondary'] as const
  return defineProvider<unknown, 'primary' | 'secondary'>({
    ...about,
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: slots.map((slot) => ({ header: `X-Acme-${slot}`, slot, encoding: 'hex' })),
      signed: ({ body }) => [body],
    },
    rotation: policies.slots,
    slots,
  })
}

export function tokenVendor(): Provider {
  return defineProvider({ ...about, scheme: { kind: 'token', header: 'X-Acme-Token' }, rotation: policies.swap })
}
