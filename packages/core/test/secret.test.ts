import { inspect } from 'node:util'
import { serialize } from 'node:v8'
import { describe, expect, test, vi } from 'vitest'
import { CountersignError, exportKeyring, generateSecret, keyring, parseKeyring, reveal, secret } from '../src/index.js'
import { secretBytes } from '../src/secret.js'
import { plainVendor } from './vendors.js'

const TEXT = 'correct-horse-battery'

describe('decoding', () => {
  test.each([
    ['utf8', 'schlüssel', '7363686cc3bc7373656c'],
    ['utf8', 'abc_def_ghi', '6162635f6465665f676869'],
    ['utf8', 'whsec_aaaaaaaaaaaa', Buffer.from('whsec_aaaaaaaaaaaa').toString('hex')],
    ['hex', '00ff10203040506070', '00ff10203040506070'],
    ['hex', '00FF10203040506070', '00ff10203040506070'],
    ['base64', 'AAECAwQFBgc=', '0001020304050607'],
    ['base64', '+/+/+/+/+/+/', 'fbffbffbffbffbffbf'],
    ['whsec', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', '31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0'],
  ] as const)('%s %s', (encoding, text, hex) => {
    const made = secret(text, { encoding })
    expect(Buffer.from(secretBytes(made)).toString('hex')).toBe(hex)
    expect(made.byteLength).toBe(hex.length / 2)
    expect(reveal(made)).toBe(text)
  })

  test.each([
    ['utf8', '', 'secret-malformed'],
    ['utf8', '   \t\n ', 'secret-malformed'],
    ['utf8', `${TEXT}\n`, 'secret-malformed'],
    ['utf8', ` ${TEXT}`, 'secret-malformed'],
    ['utf8', 'lone \ud800 surrogate', 'secret-malformed'],
    ['utf8', 'seven77', 'secret-too-short', 'under 8 bytes'],
    ['hex', '00ff1020304050607', 'secret-malformed', 'it is not hex: pairs of 0-9 and a-f'],
    ['hex', '00ff10203040506x70', 'secret-malformed'],
    ['hex', '0x00ff102030405060', 'secret-malformed'],
    ['hex', '00ff', 'secret-too-short'],
    ['base64', 'AAECAwQFBgc', 'secret-malformed', 'it is not padded standard base64: A-Z, a-z, 0-9, +, / and ='],
    ['base64', 'AAECAwQFBgd=', 'secret-malformed'],
    ['base64', 'AAEC AwQFBgc=', 'secret-malformed'],
    ['base64', '-_-_-_-_-_-_', 'secret-malformed'],
    ['base64', '=', 'secret-malformed'],
    ['base64', '====', 'secret-malformed'],
    ['base64', 'AA==', 'secret-too-short'],
    ['whsec', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'secret-malformed', "it does not begin with 'whsec_'"],
    ['whsec', 'whsec_MfKQ', 'secret-too-short', 'under 8 bytes'],
    ['whsec', 'whsec_-_-_', 'secret-malformed', "it is not 'whsec_' and padded standard base64"],
    ['whsec', 'v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'secret-malformed'],
    ['whsec', 'whsec_', 'secret-too-short'],
    ['rot13', TEXT, 'secret-malformed', "there is no such encoding; use 'utf8', 'hex', 'base64' or 'whsec'"],
  ])('%s %j throws %s', (encoding, text, code, met = '') => {
    expect(() => secret(text, { encoding: encoding as 'utf8' })).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(met) }),
    )
  })

  test.each([
    ['', 'secret-malformed'],
    ['   \t\n ', 'secret-malformed'],
    [`${TEXT}\n`, 'secret-malformed'],
    [` ${TEXT}`, 'secret-malformed'],
    ['lone \ud800 surrogate', 'secret-malformed'],
    ['seven77', 'secret-too-short', 'under 8 bytes'],
    // Seven characters, and eight bytes.
    ['schlüss', undefined],
  ])('a bare %j: %s', (bare, code, met = '') => {
    const make = () => keyring([{ id: 'a', secret: bare }])
    if (code === undefined) expect(make().keys[0]?.secret.byteLength).toBe(8)
    else expect(make).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(met) }))
  })

  test('the limits can be overridden, knowingly', () => {
    expect(secret('tiny', { minBytes: 1 }).byteLength).toBe(4)
    expect(reveal(secret(`${TEXT}\n`, { verbatim: true }))).toBe(`${TEXT}\n`)
    expect(() => secret('  \n ', { verbatim: true, minBytes: 1 })).toThrowError(CountersignError)
    expect(() => secret(TEXT, { minBytes: 100 })).toThrowError(expect.objectContaining({ code: 'secret-too-short' }))
  })

  test.each([[undefined], [null], [12345678], [{}], [Buffer.from(TEXT)]])('%j is not text', (value) => {
    expect(() => secret(value as unknown as string)).toThrowError(expect.objectContaining({ code: 'secret-malformed' }))
  })
})

describe('a secret is printed nowhere', () => {
  const made = secret(TEXT)
  const ring = keyring([{ id: 'key-1', secret: made, activeFrom: 5 }])
  const forms = [
    TEXT,
    Buffer.from(TEXT).toString('hex'),
    Buffer.from(TEXT).toString('base64'),
    [...Buffer.from(TEXT)].join(','),
  ]

  test.each([
    ['String', () => String(made)],
    ['template', () => `${made as unknown as string}`],
    ['JSON', () => JSON.stringify({ made, ring })],
    ['inspect', () => inspect({ made, ring }, { depth: 9 })],
    [
      'inspect, all of it',
      () => inspect({ made, ring }, { depth: 9, showHidden: true, getters: true, showProxy: true }),
    ],
    ['inspect without custom', () => inspect({ made, ring }, { depth: 9, showHidden: true, customInspect: false })],
    ['structuredClone', () => inspect(structuredClone(made), { showHidden: true })],
    ['v8.serialize', () => serialize(made).toString('latin1')],
    ['own keys', () => Reflect.ownKeys(made).map(String).join() + Object.values(made).join()],
    ['spread', () => JSON.stringify({ ...made })],
    ['an error', () => inspect(errorOf(() => secret(`${TEXT}\n`)))],
    ['an error of the format', () => inspect(errorOf(() => parseKeyring(exportKeyring(ring).slice(0, -3))))],
    [
      'an error of the format, inside',
      () => inspect(errorOf(() => parseKeyring(exportKeyring(ring).replace('utf8', 'hex')))),
    ],
  ])('%s', (_, print) => {
    const printed = print()
    for (const form of forms) expect(printed).not.toContain(form)
  })

  test('but that it is one is', () => {
    expect(String(made)).toBe('[secret]')
    expect(JSON.stringify({ made })).toBe('{"made":"[secret]"}')
  })

  test('and cannot be changed', () => {
    expect(Object.isFrozen(made)).toBe(true)
    expect(Object.isFrozen(ring) && Object.isFrozen(ring.keys) && Object.isFrozen(ring.keys[0])).toBe(true)
  })
})

function errorOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('generateSecret', () => {
  test.each([
    ['hex', 20, /^[0-9a-f]{40}$/],
    ['base64', 32, /^[A-Za-z0-9+/]{43}=$/],
    ['alphanumeric', 32, /^[A-Za-z0-9]{43}$/],
  ] as const)('%s of %i bytes', (alphabet, bytes, form) => {
    const provider = plainVendor({ secrets: { issuedBy: 'you', alphabet, bytes } })
    const texts = Array.from({ length: 200 }, () => reveal(generateSecret(provider)))
    for (const text of texts) expect(text).toMatch(form)
    expect(new Set(texts).size).toBe(texts.length)
    if (alphabet === 'alphanumeric') expect(new Set(texts.join('')).size).toBe(62)
  })

  test('is 32 bytes in hex, where the provider says nothing of it', () => {
    expect(reveal(generateSecret(plainVendor()))).toMatch(/^[0-9a-f]{64}$/)
  })

  test('favours no letter: bytes beyond the last multiple of 62 are drawn again', () => {
    const draws = [248, 255, 247]
    const drawn = vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
      ;(bytes as unknown as Uint8Array).fill(draws.shift() ?? 0)
      return bytes
    })
    const provider = plainVendor({ secrets: { issuedBy: 'you', alphabet: 'alphanumeric', bytes: 32 } })
    expect(reveal(generateSecret(provider))).toBe('9'.repeat(43))
    expect(draws).toEqual([])
    drawn.mockRestore()
  })

  test('is the vendor’s to do, where it is', () => {
    const provider = plainVendor({ secrets: { issuedBy: 'vendor' } })
    expect(() => generateSecret(provider)).toThrowError(expect.objectContaining({ code: 'secret-required' }))
  })
})
