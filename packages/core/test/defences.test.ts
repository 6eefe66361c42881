import { afterEach, describe, expect, test, vi } from 'vitest'
import { createVerifier, type Provider, parseKeyring, secret, sign } from '../src/index.js'
import { plainVendor, slottedVendor, stampedVendor } from './vendors.js'

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

test('headers in entries cost no more the more often they repeat', async () => {
  const verifier = createVerifier(plainVendor(), { keys: SECRET })
  const entries = Array.from({ length: 200_000 }, (): [string, string] => ['a', '1'])
  expect(await verifier.verify({ headers: entries, body: '' })).toMatchObject({ reason: 'missing-signature' })
})

test('the event is that of the bytes that were hashed, whatever is done to them meanwhile', async () => {
  const vendor = slottedVendor()
  const keys = { primary: SECRET, secondary: 'staple-correct-horse' }
  const text = '{"amount":1}'
  const headers = await sign(vendor, keys, text)
  const schema = {
    '~standard': { version: 1 as const, vendor: 'test', validate: async (value: unknown) => ({ value }) },
  }
  const verifier = createVerifier(vendor, { keys, schema, observe: () => {} })
  const body = new TextEncoder().encode(text)
  const pending = verifier.verify({ headers, body })
  body.set(new TextEncoder().encode('{"amount":9}'))
  expect(await pending).toMatchObject({ ok: true, event: { amount: 1 } })
})

test.each([
  ['never ends', () => new Promise<void>(() => {})],
  ['fails', () => Promise.reject(new Error('no'))],
])('a body over the cap is refused though the stream %s when it is cancelled', async (_, cancel) => {
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(60)), cancel })
  const request = new Request('https://shop.example', { method: 'POST', body, duplex: 'half' } as RequestInit)
  const verifier = createVerifier(plainVendor(), { keys: SECRET, maxBodyBytes: 100 })
  expect(await verifier.verify(request)).toMatchObject({ reason: 'body-too-large' })
})

test('what a parser of stamps gives must be a number', async () => {
  const vendor = stampedVendor('auto')
  const timestamp = { header: 'X-Acme-Timestamp', unit: 'auto', parse: () => null }
  const verifier = createVerifier({ ...vendor, scheme: { ...vendor.scheme, timestamp } } as unknown as Provider, {
    keys: SECRET,
  })
  const headers = { ...(await sign(vendor, SECRET, 'body')), 'X-Acme-Timestamp': 'long ago' }
  expect(await verifier.verify({ headers, body: 'body' })).toMatchObject({ reason: 'timestamp-malformed' })
})

test('no secret gets into an error, not even one in the wrong field', () => {
  const swapped = JSON.stringify({
    format: 'countersign-keyring',
    version: 1,
    keys: [{ id: 'a', secret: 'utf8', encoding: 'MY-REAL-SECRET' }],
    tombstones: [],
  })
  for (const run of [
    () => parseKeyring(swapped),
    () => secret('utf8 text', { encoding: 'MY-REAL-SECRET' as 'utf8' }),
  ]) {
    expect(run).toThrowError(expect.objectContaining({ message: expect.not.stringContaining('MY-REAL-SECRET') }))
  }
})

test.each([[Number.NaN], [0], [-1]])(
  'a secret of nothing is none, whatever is said to be the least: %d',
  (minBytes) => {
    const run = () => secret('whsec_', { encoding: 'whsec', minBytes })
    expect(run).toThrowError(expect.objectContaining({ code: 'secret-too-short' }))
  },
)
