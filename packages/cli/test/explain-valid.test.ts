import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import { type AnyProvider, keyring, rotate, sign } from '@countersign/core'
import { explain, infer } from '@countersign/core/explain'
import { globalCommerce } from '@countersign/global-commerce'
import { insider } from '@countersign/insider'
import { orangeLogic } from '@countersign/orange-logic'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const NOW = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000

const PROVIDERS: readonly AnyProvider[] = [
  agilePoint({ headers: { primary: 'X-First', secondary: 'X-Second' } }),
  agilePoint({ headers: { both: 'X-Both', separator: ' ' }, hash: 'sha512', encoding: 'hex' }),
  agilePoint({ headers: { primary: 'X-First', secondary: 'X-Second' }, mode: 'token' }),
  orangeLogic(),
  orangeLogic({ hash: 'sha512', signedContent: 'standard-webhooks' }),
  insider(),
  insider({ encoding: 'base64' }),
  insider({ mode: 'token' }),
  globalCommerce(),
  globalCommerce({ activates: 'immediately' }),
  autify(),
]

const secrets = fc.string({ unit: fc.constantFrom(...'abcdefghijABCDEFGHIJ0123456789'), minLength: 16, maxLength: 40 })
const bodies = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }), fc.constant(''))

/** A vendor's ring some time after a rotation, or before any. */
function ringOf(provider: AnyProvider, one: string, other: string, isRotated: boolean, now: number) {
  const slots = provider.rotation.kind === 'slots' ? provider.rotation.slots : [undefined]
  const keys = slots.map((slot, index) => ({
    id: `old-${index}`,
    slot,
    secret: index === 0 ? one : `${one}${index}`,
    activeFrom: NOW - 90 * DAY_MS,
  }))
  const ring = keyring(keys)
  return isRotated ? rotate(ring, provider, { now: now - 600_000, secret: `${other}-new`, slot: slots[0] }).ring : ring
}

describe('1,000 random valid deliveries', () => {
  it('have no finding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PROVIDERS),
        secrets,
        secrets,
        bodies,
        fc.boolean(),
        async (provider, one, other, body, isRotated) => {
          const ring = ringOf(provider, one, other, isRotated, NOW)
          const headers = await sign(provider, ring, body, { now: NOW })
          expect(await explain(provider, ring, { headers, body }, { now: NOW })).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('a delivery of another vendor', () => {
  it('is named, and proven where the secret is the same', async () => {
    const secret = 'the-secret-of-both-vendors'
    const headers = await sign(autify(), secret, '{"a":1}', { now: NOW })
    for (const keys of [secret, 'another-secret-altogether']) {
      const [finding] = await explain(orangeLogic(), keys, { headers, body: '{"a":1}' }, { now: NOW })
      expect(finding).toMatchObject({ code: 'looks-like', fix: 'Verify it with @countersign/autify.' })
      expect(finding?.certain).toBe(keys === secret)
    }
  })
})

describe('infer', () => {
  const expected: Record<string, unknown> = {
    'orange-logic': [
      { hash: 'sha256', signedContent: 'body' },
      { hash: 'sha512', signedContent: 'standard-webhooks' },
    ],
    insider: [{ mode: 'hmac', encoding: 'hex' }, { mode: 'hmac', encoding: 'base64' }, { mode: 'token' }],
    'global-commerce': [{}, {}],
    autify: [{}],
    agilepoint: [
      { headers: { primary: 'X-First', secondary: 'X-Second' }, hash: 'sha256', encoding: 'base64', mode: 'hmac' },
      { headers: { primary: 'X-First', secondary: 'X-Second' }, mode: 'token' },
    ],
  }

  it.each(Object.keys(expected))('tells the options of %s from one delivery', async (id) => {
    const found: unknown[] = []
    for (const provider of PROVIDERS.filter((one) => one.id === id)) {
      const ring = ringOf(provider, 'the-secret-of-a-vendor', '', false, NOW)
      const headers = await sign(provider, ring, '{"a":1}', { now: NOW })
      const given = ring.keys.map((_, index) => `the-secret-of-a-vendor${index || ''}`)
      const [first] = await infer({ headers, body: '{"a":1}' }, given)
      if (first?.adapterOptions === undefined) continue
      expect(first.adapterOptions.provider).toBe(id)
      found.push(first.adapterOptions.options)
    }
    expect(found).toEqual(expected[id])
  })
})
