import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { engine } from '#mac'
import { type BodyInput, createVerifier, type HeadersInput, keyring, type Provider, sign } from '../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const parsing = plainVendor(
  {},
  {
    signature: {
      header: 'X-Acme-Signature',
      encoding: 'hex',
      parse: (text) => ({ candidates: [{ text: text.split('=')[1] ?? '' }] }),
    },
  },
)
const vendors: [string, Provider<unknown, string>, unknown][] = [
  ['plain', plainVendor(), SECRET],
  ['list', listVendor(policies.overlap), SECRET],
  ['stamped', stampedVendor('auto'), SECRET],
  ['parsing', parsing, SECRET],
  ['token', tokenVendor(), SECRET],
  ['slots', slottedVendor(), { primary: SECRET, secondary: 'staple-correct-horse' }],
]
const names = [
  'x-acme-signature',
  'X-Acme-Signature',
  'x-acme-timestamp',
  'x-acme-token',
  'x-acme-primary',
  '__proto__',
  'constructor',
  'get',
  'İ',
  '',
]

describe('nothing that a sender can do throws', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\0', '\ud800', '\udfff\ud800', 'ţ', '\u212a', ' ', ',', '='.repeat(50), 'v1,'),
  )
  const value = fc.oneof(
    text,
    fc.array(text, { maxLength: 4 }),
    fc.anything(),
    fc.constantFrom(undefined, null, Number.NaN, [], [undefined], [[]]),
  )
  const header = fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), value)
  const headers = fc.oneof(
    fc.array(header, { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
    fc.array(header, { maxLength: 6 }),
    fc.array(header, { maxLength: 6 }).map((entries) => new Map(entries)),
  )
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 50 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, undefined, '', new Uint8Array()),
  )

  test.each(vendors)('%s', async (_, provider, keys) => {
    const verifier = createVerifier(provider, { keys: keys as string })
    await fc.assert(
      fc.asyncProperty(headers, body, async (given, sent) => {
        const verdict = await verifier.verify({ headers: given as HeadersInput, body: sent as BodyInput })
        expect(verdict).toMatchObject({
          ok: false,
          reason: expect.any(String),
          detail: expect.any(String),
          authenticated: false,
        })
        expect(verdict.ok ? '' : verdict.detail).not.toContain(SECRET)
      }),
      { numRuns: 300 },
    )
  })

  test.each(vendors)('%s: a megabyte of header', async (_, provider, keys) => {
    const verifier = createVerifier(provider, { keys: keys as string })
    for (const filler of ['a', ',', ' ', '=', 'v1,', '\0']) {
      const long = filler.repeat(1024 * 1024)
      for (const name of names) {
        const verdict = await verifier.verify({ headers: { [name]: long }, body: '' })
        expect(verdict.ok).toBe(false)
      }
    }
  })
})

test('headers that are none are missing headers or a fault of ours, never accepted', async () => {
  const verifier = createVerifier(plainVendor(), { keys: SECRET })
  for (const given of [undefined, null, 5, 'x-acme-signature: aa', () => SECRET, [undefined], ['flat', 'list']]) {
    const outcome = await verifier
      .verify({ headers: given as unknown as HeadersInput, body: '' })
      .catch((error) => error)
    expect(outcome.reason ?? outcome.code).toMatch(/^(missing-signature|headers-unreadable)$/)
  }
  const throwing = {
    get() {
      throw new Error('gone')
    },
  }
  await expect(verifier.verify({ headers: throwing, body: '' })).rejects.toMatchObject({ code: 'headers-unreadable' })
})

describe('work is bounded', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('one MAC for each key, whatever the header holds', async () => {
    const provider = listVendor(policies.immediately)
    const keys = keyring(
      Array.from({ length: 5 }, (_, index) => ({ id: `key-${index}`, secret: `the-secret-number-${index}` })),
    )
    const verifier = createVerifier(provider, { keys })
    const [foreign] = Object.values(await sign(provider, 'a-foreign-secret', 'body'))
    const macs = vi.spyOn(engine, 'mac')
    for (let count = 1; count <= 8; count++) {
      macs.mockClear()
      const value = Array(count).fill(foreign).join(' ')
      expect(await verifier.verify({ headers: { 'x-acme-signature': value }, body: 'body' })).toMatchObject({
        reason: 'no-matching-key',
      })
      expect(macs).toHaveBeenCalledTimes(5)
    }
  })

  test('one MAC for each key of a source that has nothing newer, and another for what is newer', async () => {
    const provider = plainVendor()
    const ringOf = (...ids: string[]) => keyring(ids.map((id) => ({ id, secret: `fake-secret-of-${id}` })))
    const [old, newer] = [ringOf('one', 'two'), ringOf('two', 'three')]
    let isRotated = false
    const source = ({ refresh }: { refresh: boolean }) => (refresh && isRotated ? newer : old)
    const verifier = createVerifier(provider, { keys: Object.assign(source, { paced: true }) })
    const deliveryOf = async (key: string) => ({ headers: await sign(provider, key, 'body'), body: 'body' })
    const forged = await deliveryOf('a-foreign-secret')
    const fresh = await deliveryOf('fake-secret-of-three')
    const macs = vi.spyOn(engine, 'mac')
    expect(await verifier.verify(forged)).toMatchObject({ reason: 'no-matching-key' })
    expect(macs).toHaveBeenCalledTimes(2)
    isRotated = true
    expect(await verifier.verify(fresh)).toMatchObject({ ok: true, keyId: 'three' })
    expect(macs).toHaveBeenCalledTimes(2 + 2 + 2)
  })

  test('no MAC at all for what is no signature, and no parsing beyond 8 KiB', async () => {
    const parse = vi.fn((text: string) => ({ candidates: [{ text }] }))
    const provider = plainVendor({}, { signature: { header: 'X-Acme-Signature', encoding: 'hex', parse } })
    const verifier = createVerifier(provider, { keys: SECRET })
    const macs = vi.spyOn(engine, 'mac')
    for (const length of [0, 1, 63, 65, 8192, 8193, 100_000, 1_000_000]) {
      await verifier.verify({ headers: { 'x-acme-signature': 'a'.repeat(length) }, body: 'body' })
    }
    expect(macs).not.toHaveBeenCalled()
    expect(parse.mock.calls.map(([text]) => text.length)).toEqual([0, 1, 63, 65, 8192])
  })
})
