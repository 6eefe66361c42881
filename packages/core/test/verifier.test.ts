import { createHmac } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import {
  CountersignError,
  createVerifier,
  type Delivery,
  defineProvider,
  type HeadersInput,
  type HmacScheme,
  type KeySource,
  type KeysInput,
  keyring,
  type Observation,
  type ParsedSignature,
  type Provider,
  reveal,
  rotate,
  type StandardSchema,
  secret,
  sign,
  stage,
  statusOf,
  unwrap,
} from '../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const OTHER = 'staple-correct-horse'
const provider = plainVendor()
const body = '{"event":"paid","amount":12}'
const headers = await sign(provider, SECRET, body)
const SIGNATURE = headers['X-Acme-Signature'] ?? ''

describe('keys', () => {
  test.each<[string, unknown, string]>([
    ['a string', SECRET, 'key-1'],
    ['a secret', secret(SECRET), 'key-1'],
    ['a list', [OTHER, SECRET], 'key-2'],
    ['a list with a gap', [undefined, SECRET], 'key-1'],
    ['a ring', keyring([{ id: 'mine', secret: SECRET }]), 'mine'],
  ])('%s', async (_, keys, keyId) => {
    const verifier = createVerifier(provider, { keys: keys as string })
    expect(await verifier.verify({ headers, body })).toMatchObject({
      ok: true,
      keyId,
      keyState: 'active',
      provider: 'acme',
    })
    const asked = createVerifier(provider, { keys: () => keys as string })
    expect(await asked.verify({ headers, body })).toMatchObject({ ok: true, keyId })
  })

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'no-keys'],
    ['an empty list', [], 'no-keys'],
    ['a list of nothing', [undefined, undefined], 'no-keys'],
    ['an empty ring', keyring([]), 'no-keys'],
    ['an empty string', '', 'secret-malformed'],
    ['white space', '   ', 'secret-malformed'],
    ['an empty string beside a good one', [SECRET, ''], 'secret-malformed'],
    ['null', null, 'keys-invalid'],
    ['a number', 12345678, 'keys-invalid'],
    ['a cloned secret', structuredClone(secret(SECRET)), 'keys-invalid'],
    ['a cloned secret in a list', [structuredClone(secret(SECRET))], 'keys-invalid'],
    ['bytes', new TextEncoder().encode(SECRET), 'keys-invalid'],
    ['17 secrets', Array.from({ length: 17 }, (_, index) => `secret-number-${index}`), 'too-many-keys'],
    ['slots, where there are none', { primary: SECRET }, 'keys-invalid'],
  ])('%s throws %s', async (_, keys, code) => {
    expect(() => createVerifier(provider, { keys: keys as string })).toThrowError(expect.objectContaining({ code }))
    const asked = createVerifier(provider, { keys: () => keys as string })
    await expect(asked.verify({ headers, body })).rejects.toMatchObject({ code })
  })

  test.each<[string, unknown, string]>([
    ['a bare string', SECRET, 'slot-required'],
    ['a bare secret', secret(SECRET), 'slot-required'],
    ['a list', [SECRET, OTHER], 'slot-required'],
    ['a ring without slots', keyring([{ id: 'a', secret: SECRET }]), 'slot-required'],
    ['a ring of other slots', keyring([{ id: 'a', slot: 'left', secret: SECRET }]), 'slot-required'],
    ['an unknown slot', { tertiary: SECRET }, 'slot-required'],
    ['empty slots', { primary: undefined, secondary: undefined }, 'no-keys'],
    ['no slots', {}, 'no-keys'],
    ['null', null, 'keys-invalid'],
    ['a slot of something else', { primary: 5 }, 'keys-invalid'],
  ])('for a provider with slots %s throws %s', (_, keys, code) => {
    const run = () => createVerifier(slottedVendor(), { keys: keys as { primary: string } })
    expect(run).toThrowError(expect.objectContaining({ code }))
  })

  test('a ring without a usable key is our fault, not the sender’s', async () => {
    const verifier = createVerifier(provider, {
      keys: keyring([{ id: 'a', secret: SECRET, notAfter: 10 }]),
      now: () => 10,
    })
    await expect(verifier.verify({ headers, body })).rejects.toMatchObject({ code: 'no-usable-key' })
  })
})

describe('a key source', () => {
  test('is asked for the tenant, and may not know it', async () => {
    const keys = vi.fn(({ tenant }: { tenant?: string | undefined }) => (tenant === 'one' ? SECRET : undefined))
    const verifier = createVerifier(provider, { keys })
    expect(await verifier.verify({ headers, body }, { tenant: 'one' })).toMatchObject({ ok: true })
    expect(keys).toHaveBeenLastCalledWith({ provider: 'acme', tenant: 'one', refresh: false })
    const unknown = await verifier.verify({ headers, body }, { tenant: 'two' })
    expect(unknown).toMatchObject({ ok: false, reason: 'unknown-tenant', authenticated: false })
    await expect(verifier.verify({ headers, body })).rejects.toMatchObject({ code: 'no-keys' })
  })

  test('that fails is an error of ours, with its cause', async () => {
    const cause = new Error('vault is sealed')
    const verifier = createVerifier(provider, { keys: () => Promise.reject(cause) })
    await expect(verifier.verify({ headers, body })).rejects.toMatchObject({ code: 'key-source-failed', cause })
    const thrower = createVerifier(provider, {
      keys: () => {
        throw cause
      },
    })
    await expect(thrower.verify({ headers, body })).rejects.toMatchObject({ code: 'key-source-failed', cause })
  })

  test('is asked to look past its cache when nothing matches, but not for each forgery', async () => {
    let now = 0
    const keys = vi.fn(async ({ refresh }: { refresh: boolean }) => (refresh ? [OTHER, SECRET] : [OTHER]))
    const verifier = createVerifier(provider, { keys, now: () => now })
    const refreshes = () => keys.mock.calls.filter(([{ refresh }]) => refresh).length
    const forged = { headers: { 'x-acme-signature': '0'.repeat(64) }, body }
    expect(await verifier.verify({ headers, body })).toMatchObject({ ok: true, keyId: 'key-2' })
    expect(keys.mock.calls.map(([{ refresh }]) => refresh)).toEqual([false, true])
    for (let flood = 0; flood < 20; flood++) await verifier.verify(forged)
    expect(refreshes()).toBe(1)
    now = 9_999
    await verifier.verify(forged)
    expect(refreshes()).toBe(1)
    // However many tenants they are for.
    await verifier.verify(forged, { tenant: 'shop' })
    expect(refreshes()).toBe(1)
    now = 10_000
    await verifier.verify(forged)
    expect(refreshes()).toBe(2)
  })

  test('is not asked at all for what is not even a signature', async () => {
    const keys = vi.fn(() => SECRET)
    await createVerifier(provider, { keys }).verify({ headers: { 'x-acme-signature': 'zz' }, body })
    expect(keys).not.toHaveBeenCalled()
  })
})

describe('bodies', () => {
  const bytes = new TextEncoder().encode(body)
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  const padded = new Uint8Array(bytes.length + 20).fill(7)
  padded.set(bytes, 9)

  test.each<[string, unknown]>([
    ['text', body],
    ['Uint8Array', bytes],
    ['Buffer', Buffer.from(body)],
    ['ArrayBuffer', bytes.buffer.slice(0)],
    ['a view inside a larger buffer', padded.subarray(9, 9 + bytes.length)],
    ['DataView', new DataView(padded.buffer, 9, bytes.length)],
    ['shared memory', shared],
    ['a shared buffer', shared.buffer],
  ])('%s', async (_, given) => {
    const verdict = unwrap(await createVerifier(provider, { keys: SECRET }).verify({ headers, body: given as string }))
    expect(Buffer.from(verdict.body).toString()).toBe(body)
    expect(verdict.event).toEqual({ event: 'paid', amount: 12 })
    expect(verdict.json()).toEqual(verdict.event)
    expect(verdict.text()).toBe(body)
    expect(verdict.body.buffer).not.toBe(shared.buffer)
  })

  test.each<[string, unknown]>([
    ['a parsed object', { event: 'paid' }],
    ['an empty object', {}],
    ['a list', [1, 2]],
    ['a number', 5],
    ['a boolean', true],
  ])('%s is a set-up error', async (_, given) => {
    const verifier = createVerifier(provider, { keys: SECRET })
    await expect(verifier.verify({ headers, body: given as string })).rejects.toMatchObject({ code: 'body-not-bytes' })
  })

  test('null and undefined are the empty body', async () => {
    const empty = await sign(provider, SECRET, '')
    const verifier = createVerifier(provider, { keys: SECRET })
    for (const nothing of [null, undefined, '', new Uint8Array()]) {
      const verdict = await verifier.verify({ headers: empty, body: nothing })
      expect(verdict).toMatchObject({ ok: true, event: undefined })
      expect(() => unwrap(verdict).json()).toThrowError(expect.objectContaining({ code: 'payload-not-json' }))
    }
  })

  test.each([
    [body.length, true],
    [body.length - 1, false],
  ])('a cap of %i bytes', async (maxBodyBytes, ok) => {
    const verifier = createVerifier(provider, { keys: SECRET, maxBodyBytes })
    for (const given of [body, bytes]) {
      const verdict = await verifier.verify({ headers, body: given })
      expect(verdict).toMatchObject(ok ? { ok } : { ok, reason: 'body-too-large' })
      if (!verdict.ok) expect(statusOf(verdict)).toBe(413)
    }
  })

  test('the default cap is 1 MiB', async () => {
    const verifier = createVerifier(provider, { keys: SECRET })
    const least = new Uint8Array(1024 * 1024)
    expect(await verifier.verify({ headers: await sign(provider, SECRET, least), body: least })).toMatchObject({
      ok: true,
    })
    expect(await verifier.verify({ headers, body: new Uint8Array(1024 * 1024 + 1) })).toMatchObject({
      reason: 'body-too-large',
    })
  })

  test('bytes that are no text stay bytes', async () => {
    const [ff, fe] = [Uint8Array.of(0x22, 0xff, 0x22), Uint8Array.of(0x22, 0xfe, 0x22)]
    const signed = await sign(provider, SECRET, ff)
    const verifier = createVerifier(provider, { keys: SECRET })
    expect(await verifier.verify({ headers: signed, body: ff })).toMatchObject({ ok: true, event: undefined })
    expect(await verifier.verify({ headers: signed, body: fe })).toMatchObject({ reason: 'no-matching-key' })
  })

  test.each([[Number.NaN], [-1], ['ten']])('a cap of %j is refused', (maxBodyBytes) => {
    const run = () => createVerifier(provider, { keys: SECRET, maxBodyBytes: maxBodyBytes as number })
    expect(run).toThrowError(expect.objectContaining({ code: 'option-invalid' }))
    expect(run).toThrowError('maxBodyBytes, toleranceSeconds')
  })

  test('a cap of nothing lets the empty body through', async () => {
    const verifier = createVerifier(provider, { keys: SECRET, maxBodyBytes: 0 })
    expect(await verifier.verify({ headers: await sign(provider, SECRET, ''), body: '' })).toMatchObject({ ok: true })
    expect(await verifier.verify({ headers, body })).toMatchObject({ reason: 'body-too-large' })
  })

  test('are hashed whole behind text that takes more bytes than it has characters', async () => {
    const before = 'é'.repeat(20_000)
    const vendor = plainVendor({}, { signed: ({ body }) => [before, body] })
    const signature = createHmac('sha256', SECRET).update(before).update(body).digest('hex')
    const verifier = createVerifier(vendor, { keys: SECRET })
    expect(await verifier.verify({ headers: { 'x-acme-signature': signature }, body })).toMatchObject({ ok: true })
  })
})

describe('a web Request', () => {
  const post = (given: string | ReadableStream | null, more: Record<string, string> = {}) =>
    new Request('https://shop.example/hook', {
      method: 'POST',
      body: given,
      headers: { ...headers, ...more },
      duplex: 'half',
    } as RequestInit)
  const verifier = createVerifier(provider, { keys: SECRET, maxBodyBytes: 100 })

  test('is read and verified', async () => {
    expect(await verifier.verify(post(body))).toMatchObject({ ok: true, event: { amount: 12 }, assurance: 'body-mac' })
    const empty = createVerifier(provider, { keys: SECRET })
    const signed = await sign(provider, SECRET, '')
    expect(await empty.verify(new Request('https://shop.example', { headers: signed }))).toMatchObject({ ok: true })
  })

  test('whose body is no stream is read by arrayBuffer', async () => {
    const request = { ...post(body), url: '', method: 'POST', bodyUsed: false, body: {}, headers: new Headers(headers) }
    const arrayBuffer = async () => new TextEncoder().encode(body).buffer
    expect(await verifier.verify({ ...request, arrayBuffer })).toMatchObject({ ok: true, event: { amount: 12 } })
  })

  test('in chunks, split inside a character', async () => {
    const text = '{"name":"Žluťoučký 💥"}'
    const signed = await sign(provider, SECRET, text)
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of new TextEncoder().encode(text)) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await verifier.verify(post(stream, signed))).toMatchObject({ ok: true, event: { name: 'Žluťoučký 💥' } })
  })

  test('is read no further than the cap', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(60))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await verifier.verify(post(endless))).toMatchObject({ reason: 'body-too-large' })
    expect(cancelled).toBe(true)
    expect(pulled).toBeLessThan(6)
  })

  test('that was read before is a set-up error', async () => {
    const request = post(body)
    await request.text()
    await expect(verifier.verify(request)).rejects.toMatchObject({ code: 'body-already-read' })
    const locked = post(body)
    locked.body?.getReader()
    await expect(verifier.verify(locked)).rejects.toMatchObject({ code: 'body-already-read' })
  })

  test('whose upload breaks off is an error', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('connection reset'))
      },
    })
    await expect(verifier.verify(post(broken))).rejects.toMatchObject({ code: 'body-unreadable' })
  })
})

describe('headers', () => {
  class ForeignHeaders {
    get(name: string): string | null {
      return name.toLowerCase() === 'x-acme-signature' ? SIGNATURE : null
    }
  }
  const verifier = createVerifier(provider, { keys: SECRET })
  const doubled = new Headers({ 'x-acme-signature': SIGNATURE })
  doubled.append('X-ACME-SIGNATURE', SIGNATURE)

  test.each<[string, unknown, string]>([
    ['Headers', new Headers(headers), 'ok'],
    ['headers of another realm', new ForeignHeaders(), 'ok'],
    ['a plain object', { 'X-Acme-Signature': SIGNATURE, host: 'shop.example' }, 'ok'],
    ['lower case', { 'x-acme-signature': SIGNATURE }, 'ok'],
    ['upper case', { 'X-ACME-SIGNATURE': SIGNATURE }, 'ok'],
    ['no prototype', Object.assign(Object.create(null), { 'x-acme-signature': SIGNATURE }), 'ok'],
    ['entries', [['X-Acme-Signature', SIGNATURE]], 'ok'],
    ['a Map', new Map([['X-Acme-Signature', SIGNATURE]]), 'ok'],
    ['a list of one', { 'x-acme-signature': [SIGNATURE] }, 'ok'],
    ['a header named get', { get: 'x', 'x-acme-signature': SIGNATURE }, 'ok'],
    ['none', {}, 'missing-signature'],
    ['no Headers', new Headers(), 'missing-signature'],
    ['undefined', { 'x-acme-signature': undefined }, 'missing-signature'],
    ['an empty list', { 'x-acme-signature': [] }, 'missing-signature'],
    ['inherited', Object.create({ 'x-acme-signature': SIGNATURE }), 'missing-signature'],
    ['empty', { 'x-acme-signature': '' }, 'malformed-signature'],
    ['twice in a list', { 'x-acme-signature': [SIGNATURE, SIGNATURE] }, 'ambiguous-signature'],
    ['twice in two cases', { 'x-acme-signature': SIGNATURE, 'X-Acme-Signature': SIGNATURE }, 'ambiguous-signature'],
    ['twice in Headers', doubled, 'ambiguous-signature'],
    [
      'twice in entries',
      [
        ['X-Acme-Signature', SIGNATURE],
        ['x-acme-signature', SIGNATURE],
      ],
      'ambiguous-signature',
    ],
    ['too long', { 'x-acme-signature': SIGNATURE.padEnd(8193, '0') }, 'malformed-signature'],
    ['upper-case hex', { 'x-acme-signature': SIGNATURE.toUpperCase() }, 'malformed-signature'],
    ['a space before', { 'x-acme-signature': ` ${SIGNATURE}` }, 'malformed-signature'],
    ['a line break behind', { 'x-acme-signature': `${SIGNATURE}\n` }, 'malformed-signature'],
    ['a look-alike', { 'x-acme-signature': SIGNATURE.replace(/.$/, 'ţ') }, 'malformed-signature'],
    ['half of it', { 'x-acme-signature': SIGNATURE.slice(0, 32) }, 'malformed-signature'],
    [
      'another',
      { 'x-acme-signature': SIGNATURE.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      'no-matching-key',
    ],
  ])('%s', async (_, given, expected) => {
    const verdict = await verifier.verify({ headers: given as HeadersInput, body })
    expect(verdict.ok ? 'ok' : verdict.reason).toBe(expected)
    if (!verdict.ok) expect(statusOf(verdict)).toBe(401)
  })

  test('more than eight signatures are refused, in whatever order', async () => {
    const list = listVendor(policies.immediately)
    const [good] = Object.values(await sign(list, SECRET, body))
    const [other] = Object.values(await sign(list, OTHER, body))
    const verify = (value: string) =>
      createVerifier(list, { keys: SECRET }).verify({ headers: { 'x-acme-signature': value }, body })
    expect(await verify(Array(7).fill(other).concat(good).join(' '))).toMatchObject({ ok: true })
    expect(await verify([good, ...Array(7).fill(other)].join(' '))).toMatchObject({ ok: true })
    expect(await verify([good, ...Array(8).fill(other)].join(' '))).toMatchObject({ reason: 'malformed-signature' })
    expect(await verify(`${good} `)).toMatchObject({ reason: 'malformed-signature' })
  })
})

describe('two headers that are parsed', () => {
  const [STAMP, LATER] = ['1767225600', '1767225601']
  const parse = (text: string) => {
    const [timestamp, id, ...signatures] = text.split(';')
    return {
      timestamp: timestamp || undefined,
      id: id || undefined,
      candidates: signatures.map((text) => ({ text })),
    }
  }
  const vendor = plainVendor(
    {},
    {
      signature: ['X-Acme-One', 'X-Acme-Two'].map((header) => ({ header, encoding: 'hex', parse })),
      timestamp: { unit: 's' },
      id: { header: 'X-Acme-Id' },
      signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
      format: () => ({}),
    },
  )
  const verifier = createVerifier(vendor, { keys: SECRET, now: () => Number(STAMP) * 1000 })
  const mac = (id: string, stamp: string) => createHmac('sha256', SECRET).update(`${id}.${stamp}.${body}`).digest('hex')
  const none = 'f'.repeat(64)

  test.each<[string, string, string, string, string]>([
    ['both in the first', `${STAMP};a;${none}`, `;;${mac('a', STAMP)}`, 'a', STAMP],
    ['both in the second', `;;${mac('a', STAMP)}`, `${STAMP};a;${none}`, 'a', STAMP],
    ['one in each', `${STAMP};;${mac('a', STAMP)}`, `;a;${none}`, 'a', STAMP],
    ['both in both, where the later counts', `${STAMP};a;${none}`, `${LATER};b;${mac('b', LATER)}`, 'b', LATER],
    ['the id in its own header', `${STAMP};;${none}`, `;;${mac('own', STAMP)}`, 'own', STAMP],
  ])('stamp and id: %s', async (_, one, two, deliveryId, stamp) => {
    const given = { 'x-acme-one': one, 'x-acme-two': two, 'x-acme-id': 'own' }
    expect(await verifier.verify({ headers: given, body })).toMatchObject({
      ok: true,
      deliveryId,
      timestamp: Number(stamp) * 1000,
    })
  })

  test('eight signatures in all, and the header with the ninth is malformed', async () => {
    const list = (length: number, last: string) => [...Array(length - 1).fill(none), last].join(';')
    const good = mac('a', STAMP)
    const verdictOf = async (one: string, two: string) => {
      const given = { 'x-acme-one': `${STAMP};a;${one}`, 'x-acme-two': `;;${two}` }
      const verdict = await verifier.verify({ headers: given, body })
      return verdict.ok ? 'ok' : verdict.reason
    }
    expect(await verdictOf(list(4, none), list(4, good))).toBe('ok')
    expect(await verdictOf(list(4, none), list(5, good))).toBe('no-matching-key')
    expect(await verdictOf(list(4, good), list(5, none))).toBe('ok')
  })

  test('eight signatures in all, and a header of one that would be the ninth is malformed', async () => {
    const signature = [
      { header: 'X-Acme-List', encoding: 'hex', separator: ' ' },
      { header: 'X-Acme-Signature', encoding: 'hex' },
    ] as const
    const verifier = createVerifier(plainVendor({}, { signature }), { keys: SECRET })
    const verdictWith = (listed: number) => {
      const given = { 'x-acme-list': Array(listed).fill(none).join(' '), 'x-acme-signature': SIGNATURE }
      return verifier.verify({ headers: given, body })
    }
    expect(await verdictWith(7)).toMatchObject({ ok: true })
    expect(await verdictWith(8)).toMatchObject({ ok: false, reason: 'no-matching-key' })
  })

  test('a parser comes before a separator, which only says how to write the header', async () => {
    const slots = ['first', 'second'] as const
    const parse = (text: string) => ({
      candidates: text.split(',').map((entry, at) => ({ text: entry.slice(3), slot: slots[at] })),
    })
    const signature = { header: 'X-Acme-Signature', encoding: 'hex', separator: ',', parse } as const
    const provider = { ...plainVendor({}, { signature }), slots }
    const verifier = createVerifier(provider as unknown as Provider<unknown, 'first' | 'second'>, {
      keys: { first: SECRET, second: 'the-second-secret' },
    })
    const second = createHmac('sha256', 'the-second-secret').update(body).digest('hex')
    const verdictOf = (text: string) => verifier.verify({ headers: { 'x-acme-signature': text }, body })
    expect(await verdictOf(`v1=${none},v1=${second}`)).toMatchObject({ ok: true, keyId: 'second' })
    expect(await verdictOf(`v1=${second},v1=${none}`)).toMatchObject({ ok: false, reason: 'no-matching-key' })
  })

  test('a parser’s null is as good as nothing: what was read before stays', async () => {
    const withNull = (text: string) => ({ ...parse(text), timestamp: null, id: null }) as unknown as ParsedSignature
    const signature = [
      { header: 'X-Acme-One', encoding: 'hex', parse },
      { header: 'X-Acme-Two', encoding: 'hex', parse: withNull },
    ] as const
    const scheme = { ...vendor.scheme, signature } as HmacScheme
    const verifier = createVerifier({ ...vendor, scheme }, { keys: SECRET, now: () => Number(STAMP) * 1000 })
    const given = { 'x-acme-one': `${STAMP};a;${none}`, 'x-acme-two': `;;${mac('a', STAMP)}` }
    expect(await verifier.verify({ headers: given, body })).toMatchObject({ ok: true, deliveryId: 'a' })
  })

  test('a header of which one candidate cannot be read counts for nothing, not even its others', async () => {
    const torn = (text: string) => ({
      candidates: [
        { text },
        {
          text,
          get label(): string {
            throw new Error('unreadable')
          },
        },
      ],
    })
    const vendor = plainVendor({}, { signature: { header: 'X-Acme-Signature', encoding: 'hex', parse: torn } })
    const verdict = await createVerifier(vendor, { keys: SECRET }).verify({ headers, body })
    expect(verdict).toMatchObject({ reason: 'malformed-signature' })
  })

  test('what is parsed to nothing, or to more than eight, is malformed', async () => {
    for (const text of [`${STAMP};a`, `${STAMP};a;${Array(9).fill(none).join(';')}`]) {
      const given = { 'x-acme-one': text }
      expect(await verifier.verify({ headers: given, body })).toMatchObject({ reason: 'malformed-signature' })
    }
  })
})

describe('timestamps', () => {
  const stamped = stampedVendor()
  const NOW = 1_767_225_600_000

  test('both edges of the tolerance, to the millisecond', async () => {
    const signed = await sign(stamped, SECRET, body, { now: NOW })
    for (const [now, expected] of [
      [NOW, 'ok'],
      [NOW + 300_000, 'ok'],
      [NOW + 300_001, 'too-old'],
      [NOW - 300_000, 'ok'],
      [NOW - 300_001, 'too-new'],
      [NOW - 10 * 365 * 86_400_000, 'too-new'],
    ] as const) {
      const verdict = await createVerifier(stamped, { keys: SECRET, now: () => now }).verify({ headers: signed, body })
      expect(verdict.ok ? 'ok' : verdict.reason).toBe(expected)
    }
    const strict = createVerifier(stamped, { keys: SECRET, now: () => NOW + 1, toleranceSeconds: 0 })
    expect(await strict.verify({ headers: signed, body })).toMatchObject({ reason: 'too-old' })
    const endless = createVerifier(stamped, { keys: SECRET, toleranceSeconds: Number.POSITIVE_INFINITY })
    expect(await endless.verify({ headers: signed, body })).toMatchObject({ ok: true, timestamp: NOW })
  })

  test.each([
    ['s', '', 'timestamp-malformed'],
    ['s', undefined, 'timestamp-missing'],
    ['s', ' 1767225600', 'timestamp-malformed'],
    ['s', '1767225600 ', 'timestamp-malformed'],
    ['s', '+1767225600', 'timestamp-malformed'],
    ['s', '-1767225600', 'timestamp-malformed'],
    ['s', '01767225600', 'timestamp-malformed'],
    ['s', '1767225600.0', 'timestamp-malformed'],
    ['s', '1.7672256e9', 'timestamp-malformed'],
    ['s', '0x6955b900', 'timestamp-malformed'],
    ['s', '1767225600abc', 'timestamp-malformed'],
    ['s', '1767225600\n', 'timestamp-malformed'],
    ['s', '1767225600, 1767225600', 'timestamp-malformed'],
    ['s', '9'.repeat(400), 'timestamp-malformed'],
    ['s', '9'.repeat(15), 'too-new'],
    ['s', `1${'0'.repeat(15)}`, 'timestamp-malformed'],
    ['s', '0', 'too-old'],
    ['s', '00', 'timestamp-malformed'],
    ['s', '176722560/', 'timestamp-malformed'],
    ['s', '176722560:', 'timestamp-malformed'],
    ['ms', '', 'timestamp-malformed'],
    ['s', '١٧٦٧٢٢٥٦٠٠', 'timestamp-malformed'],
    ['s', '2026-01-01T00:00:00Z', 'timestamp-malformed'],
    ['s', '1767225600', 'ok'],
    ['ms', '1767225600000', 'ok'],
    ['ms', '1767225600', 'too-old'],
    ['s', '1767225600000', 'too-new'],
    ['auto', '1767225600', 'ok'],
    ['auto', '1767225600000', 'ok'],
    ['auto', '176722560000', 'timestamp-malformed'],
    ['auto', '2026-01-01T00:00:00Z', 'ok'],
    ['auto', '2026-01-01T00:00:00.123456789Z', 'ok'],
    ['auto', '2026-01-01T05:30:00+05:30', 'ok'],
    ['auto', '2025-12-31T16:00:00-08:00', 'ok'],
    ['auto', '2026-01-01T00:00:00', 'timestamp-malformed'],
    ['auto', '2026-01-01T00:00:00,5Z', 'timestamp-malformed'],
    ['auto', '2026-01-01 00:00:00Z', 'timestamp-malformed'],
    ['auto', '2026-01-01t00:00:00z', 'timestamp-malformed'],
    ['auto', '2026-01-01T00:00:00+24:00', 'timestamp-malformed'],
    ['auto', '2026-02-30T00:00:00Z', 'timestamp-malformed'],
    ['auto', '2026-01-01T24:00:00Z', 'timestamp-malformed'],
    ['auto', '2026-01-01T00:00:60Z', 'timestamp-malformed'],
    ['auto', '2026-13-01T00:00:00Z', 'timestamp-malformed'],
    ['auto', ' 2026-01-01T00:00:00Z', 'timestamp-malformed'],
    ['auto', '2026-01-01T00:00:00Z ', 'timestamp-malformed'],
    ['auto', '2025-12-31T23:55:00.0Z', 'ok'],
    ['auto', '2025-12-31T23:54:59.999Z', 'too-old'],
    ['auto', '2026-01-01T00:05:00.0009Z', 'ok'],
    ['auto', '2026-01-01T00:05:00.001Z', 'too-new'],
  ] as const)('%s: %j is %s', async (unit, stamp, expected) => {
    const vendor = stampedVendor(unit)
    // Signed with the very characters, so that only what the stamp means is in question.
    const asBody = plainVendor()
    const [signature = ''] = Object.values(await sign(asBody, SECRET, `${stamp}.${body}`))
    const given = { 'x-acme-signature': signature, 'x-acme-timestamp': stamp }
    const verdict = await createVerifier(vendor, { keys: SECRET, now: () => NOW }).verify({ headers: given, body })
    expect(verdict.ok ? 'ok' : verdict.reason).toBe(expected)
  })

  test('a tolerance needs a signed stamp', () => {
    const run = () => createVerifier(provider, { keys: SECRET, toleranceSeconds: 300 })
    expect(run).toThrowError(expect.objectContaining({ code: 'tolerance-without-timestamp' }))
    for (const toleranceSeconds of [-1, Number.NaN]) {
      const bad = () => createVerifier(stamped, { keys: SECRET, toleranceSeconds })
      expect(bad).toThrowError(expect.objectContaining({ code: 'option-invalid' }))
    }
  })
})

describe('the clock', () => {
  const dated = keyring([{ id: 'one', secret: SECRET, notAfter: 10 }])

  test.each<[string, Provider<unknown, string>, KeysInput<string> | KeySource<string>, number]>([
    ['bare secrets', provider, [OTHER, SECRET], 0],
    ['a ring, whose keys may have dates', provider, dated, 1],
    ['keys that are looked up', provider, () => SECRET, 1],
    ['a stamp', stampedVendor(), SECRET, 1],
    ['slots, of which the other is looked at now and then', slottedVendor(), { primary: SECRET, secondary: OTHER }, 1],
  ])('is read where something has a date: %s', async (_, vendor, keys, times) => {
    const now = vi.fn(() => 0)
    const ring = typeof keys === 'function' || Array.isArray(keys) ? SECRET : keys
    const signed = await sign(vendor, ring, body, { now: 0 })
    expect(await createVerifier(vendor, { keys, now }).verify({ headers: signed, body })).toMatchObject({ ok: true })
    expect(now).toHaveBeenCalledTimes(times)
  })
})

describe('the reason', () => {
  const DAY = 86_400_000
  const ring = keyring([
    { id: 'now', secret: OTHER },
    { id: 'old', secret: SECRET, notAfter: 1000 },
  ])
  const at = (now: number, keys = ring) => createVerifier(provider, { keys, now: () => now }).verify({ headers, body })

  test('names the key that expired within a day, or was revoked', async () => {
    expect(await at(999)).toMatchObject({ ok: true, keyId: 'old' })
    expect(await at(1000)).toMatchObject({ reason: 'key-expired', detail: expect.stringContaining("'old'") })
    expect(await at(1000 + DAY)).toMatchObject({ reason: 'key-expired' })
    expect(await at(1001 + DAY)).toMatchObject({ reason: 'no-matching-key' })
    const revoked = keyring([
      { id: 'now', secret: OTHER },
      { id: 'old', secret: SECRET, revokedAt: 1000 },
    ])
    expect(await at(999, revoked)).toMatchObject({ ok: true })
    expect(await at(1000 + 9 * DAY, revoked)).toMatchObject({ reason: 'key-revoked', authenticated: false })
  })

  test('names what was tried', async () => {
    expect(await at(1001 + DAY)).toMatchObject({ detail: expect.stringContaining("'now'") })
  })

  test('unwrap turns it into an exception', async () => {
    const verdict = await at(1000)
    expect(() => unwrap(verdict)).toThrowError(expect.objectContaining({ code: 'delivery-rejected', cause: verdict }))
    if (verdict.ok) throw new Error('it is accepted')
    expect(() => unwrap(verdict)).toThrowError(`delivery-rejected: ${verdict.reason}: ${verdict.detail}`)
    expect(unwrap(await at(0)).ok).toBe(true)
  })

  test('an exception has its name, and nothing else passes for one', () => {
    expect(new CountersignError('no-keys').name).toBe('CountersignError')
    for (const other of [undefined, null, 'no-keys', new Error('no-keys')] as unknown[]) {
      expect(other instanceof CountersignError).toBe(false)
    }
  })
})

describe('a schema', () => {
  const schema = (validate: (value: unknown) => unknown): StandardSchema<{ amount: number }> => ({
    '~standard': { version: 1, vendor: 'test', validate },
  })
  const verify = (validate: (value: unknown) => unknown, delivery: Delivery = { headers, body }) =>
    createVerifier(provider, { keys: SECRET, schema: schema(validate) }).verify(delivery)

  test('makes the event', async () => {
    expect(await verify((value) => ({ value: { ...(value as object), checked: true } }))).toMatchObject({
      ok: true,
      event: { event: 'paid', amount: 12, checked: true },
    })
    expect(await verify(async () => ({ value: 7 }))).toMatchObject({ ok: true, event: 7 })
  })

  test('refuses, with the place and without the value', async () => {
    const issues = [{ message: `bad ${SECRET}`, path: ['items', { key: 0 }, 'name'] }, { message: 'bad' }]
    const verdict = await verify(() => ({ issues }))
    expect(verdict).toMatchObject({ ok: false, reason: 'invalid-payload', authenticated: true })
    expect(verdict).toMatchObject({ detail: expect.stringContaining('items.0.name') })
    expect(JSON.stringify(verdict)).not.toContain(SECRET)
    if (!verdict.ok) expect(statusOf(verdict)).toBe(400)
  })

  test('refuses without a place where it names none, and with the beginning of a long one', async () => {
    expect(await verify(() => ({ issues: [] }))).toMatchObject({ reason: 'invalid-payload', detail: 'at ' })
    expect(await verify(() => ({ issues: [{ message: 'bad' }] }))).toMatchObject({ detail: 'at ' })
    const issues = [{ message: 'bad', path: ['x'.repeat(200)] }]
    expect(await verify(() => ({ issues }))).toMatchObject({ detail: `at ${'x'.repeat(99)}` })
  })

  test('is not asked about what is no JSON', async () => {
    const validate = vi.fn()
    for (const given of ['{', '', Uint8Array.of(0x22, 0xff, 0x22)]) {
      const signed = await sign(provider, SECRET, given)
      expect(await verify(validate, { headers: signed, body: given })).toMatchObject({
        reason: 'invalid-payload',
        detail: 'no JSON',
      })
    }
    expect(validate).not.toHaveBeenCalled()
  })

  test('is not asked about what is not authentic', async () => {
    const validate = vi.fn()
    expect(await verify(validate, { headers, body: `${body} ` })).toMatchObject({ reason: 'no-matching-key' })
    expect(validate).not.toHaveBeenCalled()
  })

  test('that throws is at fault itself', async () => {
    const run = verify(() => {
      throw new TypeError('boom')
    })
    await expect(run).rejects.toMatchObject({ code: 'schema-failed', cause: expect.any(TypeError) })
    await expect(run).rejects.toBeInstanceOf(CountersignError)
  })
})

describe('a token', () => {
  const vendor = tokenVendor()

  test.each([[SECRET], ['schlüssel-gehämmert'], ['abc,def,ghi'], ['💥💥💥💥'], ['x'.repeat(300)]])(
    '%s',
    async (text) => {
      const signed = await sign(vendor, text, body)
      const verifier = createVerifier(vendor, { keys: [OTHER, text] })
      expect(await verifier.verify({ headers: signed, body: 'anything' })).toMatchObject({
        ok: true,
        keyId: 'key-2',
        assurance: 'shared-token',
      })
      const value = signed['X-Acme-Token'] ?? ''
      const wrong = value.slice(0, -1) + (value.endsWith('x') ? 'y' : 'x')
      const refused = await verifier.verify({ headers: { 'x-acme-token': wrong }, body })
      expect(refused).toMatchObject({ ok: false })
      expect(JSON.stringify(refused)).not.toContain(text)
      expect(JSON.stringify(refused)).not.toContain(wrong)
    },
  )

  test('sent twice is ambiguous', async () => {
    const verifier = createVerifier(vendor, { keys: SECRET })
    expect(await verifier.verify({ headers: { 'x-acme-token': [SECRET, SECRET] }, body })).toMatchObject({
      reason: 'ambiguous-signature',
    })
    expect(await verifier.verify({ headers: { 'x-acme-token': '' }, body })).toMatchObject({
      reason: 'malformed-signature',
    })
  })
})

describe('observation', () => {
  const watch = async (keys: Parameters<typeof keyring>[0], delivery: Delivery = { headers, body }, now = 0) => {
    const seen: Observation[] = []
    const verifier = createVerifier(provider, { keys: keyring(keys), now: () => now, observe: (one) => seen.push(one) })
    await verifier.verify(delivery, { tenant: 'shop' })
    return seen
  }

  test('tells of each delivery, once', async () => {
    expect(await watch([{ id: 'a', secret: SECRET }])).toEqual([
      {
        provider: 'acme',
        tenant: 'shop',
        outcome: 'accepted',
        keyId: 'a',
        keyState: 'active',
        bodyBytes: body.length,
        durationMs: expect.any(Number),
      },
    ])
    const [refused] = await watch([{ id: 'a', secret: OTHER }])
    expect(refused).toMatchObject({ outcome: 'rejected', reason: 'no-matching-key', bodyBytes: body.length })
    expect(refused?.keyId).toBeUndefined()
    expect(JSON.stringify(refused)).not.toContain(SECRET)
  })

  test.each([
    [{ activeFrom: 9 }, 'staged-key-matched'],
    [{ retireFrom: 0 }, 'retiring-key-matched'],
    [{}, undefined],
  ])('of a key with %j notes %s', async (dates, note) => {
    const [seen] = await watch([{ id: 'a', secret: SECRET, ...dates }])
    expect(seen?.note).toBe(note)
  })

  test('of a weak secret', async () => {
    const weak = secret('short-key', { minBytes: 1 })
    const [seen] = await watch([{ id: 'a', secret: weak }], { headers: await sign(provider, weak, body), body })
    expect(seen?.note).toBe('weak-secret')
    expect(reveal(weak)).toBe('short-key')
  })

  test('of a secret of 112 bits, which is long enough', async () => {
    const enough = secret('x'.repeat(14))
    const [seen] = await watch([{ id: 'a', secret: enough }], { headers: await sign(provider, enough, body), body })
    expect(seen?.outcome).toBe('accepted')
    expect(seen?.note).toBeUndefined()
  })

  test('of an event that a schema made has no note of slots', async () => {
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) } }
    const notes: unknown[] = []
    const verifier = createVerifier(provider, { keys: SECRET, schema, observe: ({ note }) => notes.push(note) })
    expect(await verifier.verify({ headers, body })).toMatchObject({ ok: true })
    expect(notes).toEqual([undefined])
  })

  test('of the time that it took', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(1004.5)
    const [seen] = await watch([{ id: 'a', secret: SECRET }])
    clock.mockRestore()
    expect(seen?.durationMs).toBe(4.5)
  })

  test('that throws costs nothing', async () => {
    const verifier = createVerifier(provider, {
      keys: SECRET,
      observe: () => {
        throw new Error('the log is full')
      },
    })
    expect(await verifier.verify({ headers, body })).toMatchObject({ ok: true })
  })

  test('the other slot is looked at first of all, and then once a minute', async () => {
    const slotted = slottedVendor()
    const vendor = { primary: SECRET, secondary: OTHER }
    const signed = await sign(slotted, vendor, body)
    const notes: unknown[] = []
    let now = 0
    const verifier = createVerifier(slotted, {
      keys: { primary: SECRET, secondary: 'a-stale-secondary' },
      now: () => now,
      observe: ({ note }) => notes.push(note),
    })
    for (now of [0, 1, 59_999, 60_000, 60_001]) {
      expect(await verifier.verify({ headers: signed, body })).toMatchObject({ ok: true, keyId: 'primary' })
    }
    expect(notes).toEqual(['slot-mismatch', undefined, undefined, 'slot-mismatch', undefined])
    const healthy: unknown[] = []
    const good = createVerifier(slotted, { keys: vendor, observe: ({ note }) => healthy.push(note) })
    await good.verify({ headers: signed, body })
    expect(healthy).toEqual([undefined])
  })
})

describe('slots', () => {
  const slotted = slottedVendor()
  const keys = { primary: SECRET, secondary: OTHER }

  test('either header suffices, and a malformed one does not cost the other', async () => {
    const signed = await sign(slotted, keys, body)
    const verifier = createVerifier(slotted, { keys })
    const { 'X-Acme-primary': primary = '', 'X-Acme-secondary': secondary = '' } = signed
    expect(await verifier.verify({ headers: { 'x-acme-primary': primary }, body })).toMatchObject({ keyId: 'primary' })
    expect(await verifier.verify({ headers: { 'x-acme-secondary': secondary }, body })).toMatchObject({
      keyId: 'secondary',
    })
    const torn = { 'x-acme-primary': 'zz', 'x-acme-secondary': secondary }
    expect(await verifier.verify({ headers: torn, body })).toMatchObject({ keyId: 'secondary' })
    const swapped = { 'x-acme-primary': secondary, 'x-acme-secondary': primary }
    expect(await verifier.verify({ headers: swapped, body })).toMatchObject({ reason: 'no-matching-key' })
    expect(await verifier.verify({ headers: { 'x-acme-primary': 'zz' }, body })).toMatchObject({
      reason: 'malformed-signature',
    })
    expect(await verifier.verify({ headers: {}, body })).toMatchObject({ reason: 'missing-signature' })
  })
})

describe('a signature that its parser leaves in its text', () => {
  const mac = createHmac('sha256', SECRET).update(body).digest('hex')
  const forged = 'f'.repeat(64)
  const verify = (value: string, candidates: (text: string) => { text: string; at?: number }[]) =>
    createVerifier(
      plainVendor(
        {},
        {
          signature: {
            header: 'X-Acme-Signature',
            encoding: 'hex',
            parse: (text) => ({ candidates: candidates(text) }),
          },
        },
      ),
      { keys: SECRET },
    ).verify({ headers: { 'x-acme-signature': value }, body })
  const leftIn = (text: string) => {
    const [first = ''] = text.split(' ')
    return [
      { text: first, at: 3 },
      { text, at: first.length + 4 },
    ]
  }

  test.each([0, 1, 3, 32, 33, 500])('is compared from character %i on', async (at) => {
    const from = (text: string) => [{ text, at }]
    expect(await verify('v'.repeat(at) + mac, from)).toMatchObject({ ok: true })
    expect(await verify('v'.repeat(at) + forged, from)).toMatchObject({ reason: 'no-matching-key' })
    expect(await verify('v'.repeat(at) + mac.slice(1), from)).toMatchObject({ reason: 'malformed-signature' })
    expect(await verify('v'.repeat(at + 1) + mac, from)).toMatchObject({ reason: 'malformed-signature' })
    expect(await verify(`${'v'.repeat(at)}${mac.slice(1)}G`, from)).toMatchObject({ reason: 'malformed-signature' })
  })

  test('may be one of several', async () => {
    expect(await verify(`v1=${mac} v2=${forged}`, leftIn)).toMatchObject({ ok: true })
    expect(await verify(`v1=${forged} v2=${mac}`, leftIn)).toMatchObject({ ok: true })
    expect(await verify(`v1=${forged} v2=${forged}`, leftIn)).toMatchObject({ reason: 'no-matching-key' })
    for (const torn of [`${mac.slice(1)}G`, mac.slice(1), `${mac}0`]) {
      expect(await verify(`v1=${mac} v2=${torn}`, leftIn)).toMatchObject({ reason: 'malformed-signature' })
    }
  })

  test.each([-1, -64, 65, 0.5, Number.NaN, Infinity, -Infinity])('cannot begin at %d', async (at) => {
    for (const text of [mac, mac.slice(1), '', `${mac}0`]) {
      expect(await verify(text, () => [{ text: mac }])).toMatchObject({ ok: true })
      expect(await verify(text, () => [{ text, at }])).toMatchObject({ ok: false })
    }
  })
})

describe('slots of one header', () => {
  const scheme = (signature: HmacScheme['signature']) =>
    defineProvider<unknown, 'primary' | 'secondary'>({
      ...slottedVendor(),
      scheme: { kind: 'hmac', hash: 'sha256', signature, signed: ({ body }) => [body], format: () => ({}) },
    })
  const mac = (key: string) => createHmac('sha256', key).update(body).digest('hex')
  const keys = { primary: SECRET, secondary: OTHER }
  const named = (text: string) => ({
    candidates: text
      .split(' ')
      .map((one) => ({ slot: one.slice(0, one.indexOf('=')), text: one.slice(one.indexOf('=') + 1) })),
  })

  test('are those that its parser names', async () => {
    const parsing = scheme({ header: 'X-Acme-Signatures', encoding: 'hex', parse: named })
    const verifier = createVerifier(parsing, { keys })
    const verify = (value: string) => verifier.verify({ headers: { 'x-acme-signatures': value }, body })
    expect(await verify(`primary=${mac(SECRET)}`)).toMatchObject({ ok: true, keyId: 'primary' })
    expect(await verify(`secondary=${mac(OTHER)}`)).toMatchObject({ ok: true, keyId: 'secondary' })
    expect(await verify(`secondary=${mac(SECRET)}`)).toMatchObject({ reason: 'no-matching-key' })
  })

  test('are that of the header where it has one, whatever its parser names', async () => {
    const parsing = scheme({ header: 'X-Acme-Signatures', encoding: 'hex', slot: 'primary', parse: named })
    const verifier = createVerifier(parsing, { keys })
    const verify = (value: string) => verifier.verify({ headers: { 'x-acme-signatures': value }, body })
    expect(await verify(`secondary=${mac(SECRET)}`)).toMatchObject({ ok: true, keyId: 'primary' })
    expect(await verify(`secondary=${mac(OTHER)}`)).toMatchObject({ reason: 'no-matching-key' })
  })
})

describe('sign', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'two undated keys, overlapping',
      () => sign(listVendor(policies.overlap), [SECRET, OTHER], body),
      'ambiguous-signer',
    ],
    ['two undated keys, swapped', () => sign(provider, [SECRET, OTHER], body), 'ambiguous-signer'],
    ['no key', () => sign(provider, [], body), 'no-keys'],
    ['only a staged key', () => sign(provider, stage(keyring([]), { id: 'a', secret: SECRET }), body), 'no-usable-key'],
    [
      'an expired key',
      () => sign(provider, keyring([{ id: 'a', secret: SECRET, notAfter: 1 }]), body),
      'no-usable-key',
    ],
    ['a slot too few', () => sign(slottedVendor(), {}, body), 'no-keys'],
  ])('%s throws', async (_, run, code) => {
    await expect(run()).rejects.toMatchObject({ code })
  })

  test('a provider that parses its header must say how to write it', async () => {
    const parsing = plainVendor({}, { signature: { header: 'x', encoding: 'hex', parse: () => ({ candidates: [] }) } })
    await expect(sign(parsing, SECRET, body)).rejects.toMatchObject({
      code: 'provider-invalid',
      message: expect.stringContaining(
        "provider 'acme': scheme.format is missing, and is what says how to write the header that parse reads",
      ),
    })
    const listing = plainVendor(
      {},
      { signature: { header: 'x', encoding: 'hex', separator: ' ', parse: () => ({ candidates: [] }) } },
    )
    expect(Object.keys(await sign(listing, SECRET, body))).toEqual(['x'])
  })

  test('a header for one signature takes no second one', async () => {
    const single = plainVendor({ rotation: policies.overlap })
    const rotated = rotate(keyring([{ id: 'a', secret: SECRET }]), single, { now: 5, secret: OTHER }).ring
    await expect(sign(single, rotated, body, { now: 5 })).rejects.toMatchObject({
      code: 'ambiguous-signer',
      message: expect.stringContaining('the header X-Acme-Signature takes one signature, and several keys sign'),
    })
  })

  test('a token that holds the separator of its header could not be told from two', async () => {
    const scheme = { kind: 'token', header: 'X-Acme-Token', separator: ',' } as const
    const tokens = defineProvider({ ...tokenVendor(), rotation: policies.overlap, scheme })
    await expect(sign(tokens, 'a-token,with-a-comma', body)).rejects.toMatchObject({
      code: 'secret-malformed',
      message: expect.stringContaining('a secret holds the separator of the header X-Acme-Token'),
    })
    const two = keyring([
      { id: 'old', secret: 'an-older-token', retireFrom: 0, notAfter: 1e9 },
      { id: 'new', secret: 'a,newer,token' },
    ])
    await expect(sign(tokens, two, body, { now: 5 })).rejects.toMatchObject({ code: 'secret-malformed' })
    for (const token of ['a-token,with-a-comma', 'an-undefined-token']) {
      expect(await sign(tokenVendor(), token, body)).toEqual({ 'X-Acme-Token': token })
    }
  })

  test('a key of a slot signs for a provider that has none', async () => {
    const ring = keyring([{ id: 'a', slot: 'primary', secret: SECRET }])
    expect(await sign(provider, ring, body)).toEqual(await sign(provider, SECRET, body))
  })

  test('what is signed is the bytes, and what the scheme does not read is empty', async () => {
    const asked: unknown[] = []
    const vendor = plainVendor(
      {},
      {
        signed: (message) => {
          asked.push(message)
          return [message.body]
        },
      },
    )
    asked.length = 0
    await sign(vendor, SECRET, 'é')
    expect(asked).toEqual([{ body: Uint8Array.of(0xc3, 0xa9), timestamp: '', id: '', url: '', method: 'POST' }])
  })

  test.each([
    ['s', '1767225600'],
    ['ms', '1767225600999'],
    ['auto', '1767225600'],
  ] as const)('a moment in %s is whole', async (unit, stamp) => {
    const signed = await sign(stampedVendor(unit), SECRET, body, { now: 1_767_225_600_999.9 })
    expect(signed['X-Acme-Timestamp']).toBe(stamp)
  })

  test('the id and the address are signed where the scheme says so', async () => {
    const vendor = plainVendor(
      {},
      {
        id: { header: 'X-Acme-Id' },
        signed: ({ id, url, method, body: given }) => [`${method} ${url} ${id}\n`, given],
      },
    )
    const signed = await sign(vendor, SECRET, body, { id: 'evt_1', url: 'https://shop.example/hook' })
    expect(signed['X-Acme-Id']).toBe('evt_1')
    const verifier = createVerifier(vendor, { keys: SECRET })
    const delivery = { headers: signed, body, url: 'https://shop.example/hook', method: 'POST' }
    expect(await verifier.verify(delivery)).toMatchObject({ ok: true, deliveryId: 'evt_1' })
    expect(await verifier.verify({ ...delivery, url: 'https://shop.example/' })).toMatchObject({
      reason: 'no-matching-key',
    })
    const request = new Request('https://shop.example/hook', { method: 'POST', headers: signed, body })
    expect(await verifier.verify(request)).toMatchObject({ ok: true })
    expect((await sign(vendor, SECRET, body))['X-Acme-Id']).toMatch(/^msg_[0-9a-f]{32}$/)
  })
})
