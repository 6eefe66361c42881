import { describe, expect, test } from 'vitest'
import {
  CountersignError,
  createVerifier,
  type Delivery,
  type FetchRequest,
  type HeadersInput,
  sign,
} from '../src/index.js'
import { plainVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const NAME = 'x-acme-signature'
const verifier = createVerifier(plainVendor(), { keys: SECRET })
const signed = await sign(plainVendor(), SECRET, 'body')
const signature = Object.values(signed)[0] as string

function boom(): never {
  throw new Error('boom')
}

/** A reason, or the code of what was thrown. Nothing foreign is thrown, and the cause is kept. */
async function outcomeOf(delivery: unknown): Promise<string> {
  try {
    const verdict = await verifier.verify(delivery as Delivery)
    return verdict.ok ? 'accepted' : verdict.reason
  } catch (error) {
    expect(error).toBeInstanceOf(CountersignError)
    return (error as CountersignError).code
  }
}

const withHeaders = (headers: unknown) => outcomeOf({ headers: headers as HeadersInput, body: 'body' })
const nullObject = (members: object) => Object.assign(Object.create(null), members)
const ownProto = (value: unknown) => JSON.parse(`{ "__proto__": ${JSON.stringify(value)} }`)

describe('headers of any make', () => {
  test.each<[string, unknown, string]>([
    ['of no prototype', nullObject({ [NAME]: signature }), 'accepted'],
    ['with a __proto__ of their own', { ...ownProto({}), [NAME]: signature }, 'accepted'],
    ['whose own __proto__ holds the header', ownProto({ [NAME]: signature }), 'missing-signature'],
    ['whose own __proto__ is a signature', ownProto(signature), 'missing-signature'],
    ['that inherit the header', Object.create({ [NAME]: signature }), 'missing-signature'],
    ['with a constructor of their own', { constructor: 'x', prototype: 'y', [NAME]: signature }, 'accepted'],
    ['named get', { get: 'x', has: 'y', [NAME]: signature }, 'accepted'],
    ['in a Map', new Map([[NAME, signature]]), 'accepted'],
    ['in a Map, in another case', new Map([['X-Acme-SIGNATURE', signature]]), 'accepted'],
    ['behind a proxy', new Proxy({ [NAME]: signature }, {}), 'accepted'],
    ['behind a proxy of Headers', new Proxy(new Headers(signed), { get: (of, name) => bound(of, name) }), 'accepted'],
    ['in entries with __proto__', [['__proto__', signature]], 'missing-signature'],
    [
      'in entries with __proto__ beside',
      [
        ['__proto__', 'x'],
        [NAME, signature],
      ],
      'accepted',
    ],
    [
      'in a generator',
      (function* () {
        yield [NAME, signature]
      })(),
      'accepted',
    ],
    [
      'that are twice, the one inherited',
      Object.assign(Object.create({ [NAME]: 'x' }), { [NAME]: signature }),
      'accepted',
    ],
  ])('%s', async (_, headers, outcome) => {
    expect(await withHeaders(headers)).toBe(outcome)
  })

  test.each<[string, unknown]>([
    ['a number', 5],
    ['an object', { toString: () => signature }],
    ['text in an object', Object(signature)],
    ['a promise', Promise.resolve(signature)],
    ['null', null],
    ['a list in a list', [[signature]]],
  ])('a value that is %s is no header', async (_, value) => {
    expect(await withHeaders({ [NAME]: value })).toBe('missing-signature')
    expect(await withHeaders({ get: () => value })).toBe('missing-signature')
  })

  test.each<[string, unknown]>([
    [
      'a getter',
      {
        get [NAME]() {
          return boom()
        },
      },
    ],
    ['get', { get: boom }],
    [
      'the getter of get',
      {
        get get() {
          return boom()
        },
      },
    ],
    ['the names', new Proxy({}, { ownKeys: boom })],
    ['a value behind a proxy', new Proxy({ [NAME]: signature }, { get: boom })],
    ['the iterator', { [Symbol.iterator]: boom }],
    [
      'a generator, half way',
      (function* () {
        yield [NAME, signature]
        boom()
      })(),
    ],
    [
      'an entry',
      [
        [NAME, signature],
        {
          get 0() {
            return boom()
          },
          get [Symbol.iterator]() {
            return boom()
          },
        },
      ],
    ],
  ])('that throw at %s are a fault of ours', async (_, headers) => {
    expect(await withHeaders(headers)).toBe('headers-unreadable')
  })

  test('a getter of another header is none of its business', async () => {
    const headers = {
      get other() {
        return boom()
      },
      [NAME]: signature,
    }
    expect(await withHeaders(headers)).toBe('accepted')
  })
})

describe('a delivery whose members throw', () => {
  test.each<[string, unknown, string]>([
    [
      'headers',
      {
        get headers() {
          return boom()
        },
        body: 'body',
      },
      'headers-unreadable',
    ],
    [
      'body',
      {
        headers: signed,
        get body() {
          return boom()
        },
      },
      'body-unreadable',
    ],
    [
      'url',
      {
        headers: signed,
        body: 'body',
        get url() {
          return boom()
        },
      },
      'headers-unreadable',
    ],
    ['the whole of it', new Proxy({}, { has: boom, get: boom }), 'body-unreadable'],
  ])('%s', async (_, delivery, outcome) => {
    expect(await outcomeOf(delivery)).toBe(outcome)
  })

  test('the cause is what was thrown', async () => {
    const delivery = {
      headers: signed,
      get body() {
        return boom()
      },
    }
    await expect(verifier.verify(delivery as unknown as Delivery)).rejects.toMatchObject({ cause: { message: 'boom' } })
  })
})

describe('a request of any make', () => {
  const request: FetchRequest = {
    method: 'POST',
    url: '',
    headers: new Headers(signed),
    bodyUsed: false,
    arrayBuffer: boom,
  }
  const bytes = new TextEncoder().encode('body')
  const giving = (value: unknown) => ({ ...request, arrayBuffer: async () => value })
  /** A reader of these chunks. */
  function streaming(...chunks: unknown[]) {
    const read = async () => (chunks.length === 0 ? { done: true } : { done: false, value: chunks.shift() })
    return { ...request, body: { locked: false, getReader: () => ({ read, cancel: async () => {} }) } }
  }

  test.each<[string, unknown, string]>([
    ['gives its bytes', giving(bytes.buffer), 'accepted'],
    ['gives shared memory', giving(shared(bytes).buffer), 'accepted'],
    ['streams its bytes', streaming(bytes.subarray(0, 1), bytes.subarray(1)), 'accepted'],
    ['streams buffers', streaming(bytes.slice(0, 3).buffer, bytes.slice(3).buffer), 'accepted'],
    ['throws at arrayBuffer', request, 'body-unreadable'],
    ['rejects', { ...request, arrayBuffer: async () => boom() }, 'body-unreadable'],
    ['throws at bodyUsed', Object.create(request, { bodyUsed: { get: boom } }), 'body-unreadable'],
    ['throws at getReader', { ...request, body: { locked: false, getReader: boom } }, 'body-unreadable'],
    ['throws at read', { ...request, body: { locked: false, getReader: () => ({ read: boom }) } }, 'body-unreadable'],
    ['gives a number for bytes', giving(4), 'body-not-bytes'],
    ['gives what JSON made', giving({ length: 4, 0: 98 }), 'body-not-bytes'],
    ['gives a list', giving([98, 111, 100, 121]), 'body-not-bytes'],
    ['streams what JSON made', streaming({ length: 4, 0: 98 }), 'body-not-bytes'],
    ['streams numbers', streaming(98, 111, 100, 121), 'body-not-bytes'],
    ['streams a list', streaming([98, 111, 100, 121]), 'body-not-bytes'],
  ])('that %s', async (_, given, outcome) => {
    expect(await outcomeOf(given)).toBe(outcome)
  })
})

/** As the proxies of tracing tools do it: the method stays that of the object behind. */
function bound(of: object, name: PropertyKey): unknown {
  const member = Reflect.get(of, name)
  return typeof member === 'function' ? member.bind(of) : member
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
