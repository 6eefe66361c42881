import { afterEach, describe, expect, test, vi } from 'vitest'
import { createVerifier, type Provider, sign } from '../src/index.js'
import { plainVendor, stampedVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const forged = { headers: { 'x-acme-signature': '0'.repeat(64) }, body: 'body' }

describe('nothing but a key that fits is a match', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('where the global Promise was replaced, and does not know the engine’s promises', async () => {
    const verifier = createVerifier(plainVendor(), { keys: SECRET })
    vi.stubGlobal('Promise', class Zone extends Promise<unknown> {})
    const verdict = await verifier.verify(forged)
    vi.unstubAllGlobals()
    expect(verdict).toMatchObject({ ok: false, reason: 'no-matching-key' })
  })

  test('where an hmac scheme has lost its hash, its header is no token', async () => {
    const { hash: _, ...scheme } = plainVendor().scheme as { hash: string }
    const crippled = { ...plainVendor(), scheme } as unknown as Provider
    const outcome = async () =>
      createVerifier(crippled, { keys: SECRET }).verify({ headers: { 'x-acme-signature': SECRET }, body: '' })
    await expect(outcome().catch(() => ({ ok: false }))).resolves.toMatchObject({ ok: false })
  })

  test('a usable key is not taken off the ring from outside', async () => {
    const { keyring } = await import('../src/index.js')
    const ring = keyring([{ id: 'a', secret: SECRET }])
    expect(() => (ring.usable(0) as unknown[]).pop()).toThrowError(TypeError)
  })
})

test.each([
  [{ byteLength: 3 }],
  [{ byteLength: 3, length: 200_000_000 }],
  [{ buffer: {}, byteLength: 3 }],
  [new Date()],
])('what JSON made is no body, whatever length it says: %j', async (body) => {
  const verifier = createVerifier(plainVendor(), { keys: SECRET })
  const given = { ...forged, body: body as unknown as string }
  await expect(verifier.verify(given)).rejects.toMatchObject({ code: 'body-not-bytes' })
})

test('a stamp that the provider’s own parser throws at is refused', async () => {
  const vendor = stampedVendor('auto')
  const scheme = {
    ...vendor.scheme,
    timestamp: {
      header: 'X-Acme-Timestamp',
      unit: 'auto',
      parse: () => {
        throw new RangeError('what a stamp')
      },
    },
  }
  const verifier = createVerifier({ ...vendor, scheme } as Provider, { keys: SECRET })
  const headers = { ...(await sign(vendor, SECRET, 'body')), 'X-Acme-Timestamp': 'tomorrow' }
  expect(await verifier.verify({ headers, body: 'body' })).toMatchObject({ ok: false, reason: 'malformed-signature' })
})
