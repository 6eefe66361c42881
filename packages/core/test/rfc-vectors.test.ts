import { describe, expect, test } from 'vitest'
import type { Hash } from '../src/hash.js'
import { createVerifier, defineProvider, secret } from '../src/index.js'
import type { MacEngine } from '../src/mac.js'
import { engine as node } from '../src/mac.node.js'
import { engine as web } from '../src/mac.web.js'

const engines: [name: string, engine: MacEngine][] = [
  ['node', node],
  ['web', web],
]

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

function repeat(byte: number, times: number): Uint8Array {
  return new Uint8Array(times).fill(byte)
}

function text(ascii: string): Uint8Array {
  return Uint8Array.from(Buffer.from(ascii, 'ascii'))
}

/** The inputs that RFC 2202 (section 3) and RFC 4231 (section 4) share. */
const shared: [key: Uint8Array, data: Uint8Array][] = [
  [repeat(0x0b, 20), text('Hi There')],
  [text('Jefe'), text('what do ya want for nothing?')],
  [repeat(0xaa, 20), repeat(0xdd, 50)],
  [hex('0102030405060708090a0b0c0d0e0f10111213141516171819'), repeat(0xcd, 50)],
  [repeat(0x0c, 20), text('Test With Truncation')],
]
const hashedFirst = text('Test Using Larger Than Block-Size Key - Hash Key First')
const rfc2202: typeof shared = [
  ...shared,
  [repeat(0xaa, 80), hashedFirst],
  [repeat(0xaa, 80), text('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data')],
]
const rfc4231: typeof shared = [
  ...shared,
  [repeat(0xaa, 131), hashedFirst],
  [
    repeat(0xaa, 131),
    text(
      'This is a test using a larger than block-size key and a larger than block-size data. ' +
        'The key needs to be hashed before being used by the HMAC algorithm.',
    ),
  ],
]

/** The digests that the RFCs print, in their order; case 5 in full, where the RFCs show its first 96 and 128 bits. */
const digests: Record<Hash, readonly string[]> = {
  sha1: [
    'b617318655057264e28bc0b6fb378c8ef146be00',
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    '125d7342b9ac11cd91a39af48aa17b4f63f175d3',
    '4c9007f4026250c6bc8414f9bf50c86c2d7235da',
    '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04',
    'aa4ae5e15272d00e95705637ce8a3b55ed402112',
    'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
  ],
  sha256: [
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    'a3b6167473100ee06e0c796c2955552bfa6f7c0a6a8aef8b93f860aab0cd20c5',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
  sha384: [
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
    '88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27',
    '3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb',
    '3abf34c3503b2a23a46efc619baef897f4c8e42c934ce55ccbae9740fcbc1af4ca62269e2a37cd88ba926341efe4aeea',
    '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
    '6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e',
  ],
  sha512: [
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
    '415fad6271580a531d4179bc891d87a650188707922a4fbb36663a1eb16da008711c5b50ddd0fc235084eb9d3364a1454fb2ef67cd1d29fe6773068ea266e96b',
    '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    'e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58',
  ],
}

describe.each(engines)('engine %s', (_, engine) => {
  for (const hash of Object.keys(digests) as Hash[]) {
    const cases = hash === 'sha1' ? rfc2202 : rfc4231
    test.each(
      cases.map(([key, data], index) => ({ number: index + 1, key, data, digest: digests[hash][index] ?? '' })),
    )(`${hash}, RFC case $number`, async ({ key, data, digest }) => {
      expect(await engine.mac(engine.importKey(hash, key), [data], 'hex')).toBe(digest)
      const base64 = Buffer.from(digest, 'hex').toString('base64')
      expect(await engine.mac(engine.importKey(hash, key), [data], 'base64')).toBe(base64)
      // However the content is cut into pieces, and whether these are text or bytes.
      const pieces = [data.subarray(0, 3), Buffer.from(data.subarray(3, 5)).toString('ascii'), data.subarray(5)]
      if (data.every((byte) => byte < 0x80)) {
        expect(await engine.mac(engine.importKey(hash, key), pieces, 'hex')).toBe(digest)
      }
    })
  }

  // Beyond the buffer that small bodies share: openssl dgst -sha256 -mac HMAC -macopt hexkey:4a656665 <(head -c N /dev/zero)
  test.each([
    [32 * 1024 - 64, 'b69a1275'],
    [32 * 1024 - 63, '93f43453'],
    [1024 * 1024, 'df912fe8'],
  ])('sha256 of %i zero bytes', async (length, digest) => {
    const mac = await engine.mac(engine.importKey('sha256', text('Jefe')), [new Uint8Array(length)], 'hex')
    expect(mac.slice(0, 8)).toBe(digest)
  })

  // Views of the shared buffer are kept by length, and 1024 more is the same slot: openssl dgst as above.
  test('sha256 of zero bytes, of lengths by turns', async () => {
    const key = engine.importKey('sha256', text('Jefe'))
    const [short, longer, longest] = [
      { length: 100, digest: 'eae93873' },
      { length: 1124, digest: 'ca6926eb' },
      { length: 2148, digest: '2218b729' },
    ] as const
    for (const { length, digest } of [short, longer, longest, short, longest, longest, longer]) {
      const mac = await engine.mac(key, [new Uint8Array(length)], 'hex')
      expect(mac.slice(0, 8)).toBe(digest)
    }
  })

  // Fewer characters than the buffer has bytes, and more bytes: openssl dgst as above, of so many signs of three bytes each.
  test.each([
    [10_901, '08ecd877'],
    [20_000, '0379bb17'],
  ])('sha256 of %i euro signs', async (length, digest) => {
    const mac = await engine.mac(engine.importKey('sha256', text('Jefe')), ['€'.repeat(length)], 'hex')
    expect(mac.slice(0, 8)).toBe(digest)
  })

  // The pad of a longer block is in the shared buffer still, half of it under what did not fit.
  test('a body that does not fit leaves nothing behind', async () => {
    const [key, data] = rfc4231[1] as (typeof rfc4231)[number]
    const prepared = { sha512: engine.importKey('sha512', key), sha256: engine.importKey('sha256', key) }
    const sha512 = () => engine.mac(prepared.sha512, [data], 'hex')
    expect(await sha512()).toBe(digests.sha512[1])
    await engine.mac(prepared.sha256, [repeat(0xff, 64), repeat(0xff, 64 * 1024)], 'hex')
    expect(await sha512()).toBe(digests.sha512[1])
  })

  test.each(Object.keys(digests) as Hash[])('%s of the same parts again, by another key', async (hash) => {
    const [key, data] = rfc4231[1] as (typeof rfc4231)[number]
    const pieces = [Buffer.from(data.subarray(0, 5)).toString('ascii'), data.subarray(5)]
    await engine.mac(engine.importKey(hash, text('another')), pieces, 'hex')
    expect(await engine.mac(engine.importKey(hash, key), pieces, 'hex', true)).toBe(digests[hash][1])
    // And they are read anew where nobody says so, whatever was in their place.
    const changed = repeat(0xff, data.length)
    await engine.mac(engine.importKey(hash, text('another')), [changed], 'hex')
    changed.set(data)
    expect(await engine.mac(engine.importKey(hash, key), [changed], 'hex')).toBe(digests[hash][1])
  })

  test('a body that does not fit, again by another key', async () => {
    const zeros = [new Uint8Array(1024 * 1024)]
    await engine.mac(engine.importKey('sha256', text('another')), zeros, 'hex')
    const mac = await engine.mac(engine.importKey('sha256', text('Jefe')), zeros, 'hex', true)
    expect(mac.slice(0, 8)).toBe('df912fe8')
  })

  test('the comparison', () => {
    const digest = digests.sha256[0] ?? ''
    expect(engine.equal(digest, digest)).toBe(true)
    expect(engine.equal(digest, `${digest.slice(0, -1)}0`)).toBe(false)
    expect(engine.equal(digest, digest.slice(0, -1))).toBe(false)
    expect(engine.equal('', '')).toBe(true)
    // latin1 would write U+0163 as 'c', which is U+0063; and two bytes of UTF-8 push the last character out.
    expect(engine.equal('abcd', 'ab\u0163d')).toBe(false)
    expect(engine.equal('é1234567x', 'é1234567y')).toBe(false)
    expect(engine.equal('é1234567x', 'é1234567x')).toBe(true)
    expect(engine.equal('💥💥x', '💥💥y')).toBe(false)
    expect(engine.equal('x'.repeat(500), `${'x'.repeat(499)}y`)).toBe(false)
    expect(engine.equal('x'.repeat(500), 'x'.repeat(500))).toBe(true)
  })

  test.each([0, 1, 5, 32, 33, 200])('the comparison behind a prefix of %i characters', (at) => {
    for (const prefix of ['v', 'é', '\u0163', '€'].map((character) => character.repeat(at))) {
      expect(engine.equal('abcd', `${prefix}abcd`, at)).toBe(true)
      expect(engine.equal('abcd', `${prefix}abce`, at)).toBe(false)
      expect(engine.equal('abcd', `${prefix}xbcd`, at)).toBe(false)
      expect(engine.equal('abcd', `${prefix}ab\u0163d`, at)).toBe(false)
      expect(engine.equal('abcd', `${prefix}abc`, at)).toBe(false)
      expect(engine.equal('abcd', `${prefix}abcd `, at)).toBe(false)
      expect(engine.equal('abcd', `${prefix}vabcd`, at)).toBe(false)
    }
  })

  test('the comparison from before the beginning of a text', () => {
    // What was compared before begins with what the text lacks.
    expect(engine.equal('abcd', 'abcd')).toBe(true)
    expect(engine.equal('abcd', 'bcd', -1)).toBe(false)
    expect(engine.equal('abcd', '', -4)).toBe(false)
  })
})

describe('the truncated case 5 of RFC 4231', () => {
  const full = digests.sha256[4] ?? ''
  const truncated = 'a3b6167473100ee06e0c796c2955552b'
  const provider = defineProvider({
    id: 'rfc-4231',
    title: 'RFC 4231',
    docs: 'https://www.rfc-editor.org/rfc/rfc4231',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'x-mac', encoding: 'hex' },
      signed: ({ body }) => [body],
    },
    rotation: { kind: 'swap', defaultGraceMs: 0 },
  })
  const verifier = createVerifier(provider, { keys: secret('0c'.repeat(20), { encoding: 'hex' }) })
  const body = 'Test With Truncation'

  test('is right as a prefix', () => {
    expect(full.startsWith(truncated)).toBe(true)
  })
  test('is refused as a signature, and the full one is accepted', async () => {
    expect(await verifier.verify({ headers: { 'x-mac': truncated }, body })).toMatchObject({
      reason: 'malformed-signature',
    })
    expect(await verifier.verify({ headers: { 'x-mac': full }, body })).toMatchObject({ ok: true, keyId: 'key-1' })
  })
})

describe('Standard Webhooks', () => {
  const provider = defineProvider({
    id: 'standard-webhooks',
    title: 'Standard Webhooks',
    docs: 'https://www.standardwebhooks.com',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: {
        header: 'webhook-signature',
        encoding: 'base64',
        parse: (header) => ({
          candidates: header
            .split(' ')
            .filter((entry) => entry.startsWith('v1,'))
            .map((entry) => ({ text: entry.slice(3), label: 'v1' })),
        }),
      },
      id: { header: 'webhook-id' },
      timestamp: { header: 'webhook-timestamp', unit: 's' },
      signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
    },
    rotation: { kind: 'overlap', defaultGraceMs: 86_400_000 },
  })
  const delivery = {
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
  }
  const verifier = createVerifier(provider, {
    keys: secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { encoding: 'whsec' }),
    now: () => 1614265330_000,
  })

  test('its published known answer verifies', async () => {
    expect(await verifier.verify(delivery)).toMatchObject({
      ok: true,
      keyId: 'key-1',
      timestamp: 1614265330_000,
      deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      event: { test: 2432232314 },
    })
  })
  test.each([
    ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJeK', 'no-matching-key'],
    ['webhook-timestamp', '1614265331', 'no-matching-key'],
    ['webhook-timestamp', '1614265330abc', 'timestamp-malformed'],
    ['webhook-timestamp', undefined, 'timestamp-missing'],
    ['webhook-id', undefined, 'missing-signature'],
    ['webhook-signature', 'v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', 'malformed-signature'],
  ])('with another %s, %s: %s', async (name, value, reason) => {
    const headers = { ...delivery.headers, [name]: value }
    expect(await verifier.verify({ ...delivery, headers })).toMatchObject({ ok: false, reason })
  })
})
