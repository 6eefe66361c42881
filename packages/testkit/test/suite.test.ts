import { defineProvider, type Provider } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { type ProviderVectors, providerSuite, type Vector } from '../src/index.js'
import { acme, acmeVector, BODY, hmac, NEW, NOW, OLD, parseAcme, refusedVector } from './acme.js'
import { failuresOf } from './failures.js'

const ACME_VECTORS: ProviderVectors = {
  provider: 'acme',
  vectors: [
    acmeVector([OLD]),
    acmeVector([OLD, 'a-secret-that-is-not-in-the-ring']),
    acmeVector(['a-secret-that-is-not-in-the-ring', OLD], { comment: 'The good one last.' }),
    acmeVector([NEW], { keyId: 'january', now: NOW, keyState: 'staged' }),
    refusedVector('too-old', { now: NOW + 300_001 }),
    refusedVector('no-matching-key', { body: '{}' }),
    refusedVector('missing-signature', { headers: {} }),
  ],
}

/** Other forms of headers, each of another made-up vendor. */
interface Plain {
  readonly name: string
  readonly scheme: Provider['scheme']
  readonly rotation?: Provider['rotation']
  readonly slots?: readonly string[]
  readonly vector: Partial<Vector>
}

const binary = Uint8Array.of(0x22, 0xff, 0x00, 0x22)
const longSecret = 's'.repeat(131)
const base64Secret = Buffer.from('thirty-two bytes of base64 secret').toString('base64')

const PLAIN: readonly Plain[] = [
  {
    name: 'a prefix and a bare hex digest, as many vendors have it',
    scheme: {
      kind: 'hmac',
      hash: 'sha512',
      signature: { header: 'X-Hub-Signature', prefix: 'sha512=', encoding: 'hex' },
      signed: ({ body }) => [body],
    },
    vector: { headers: { 'x-hub-signature': `sha512=${hmac(OLD, BODY, 'hex', 'sha512')}` } },
  },
  {
    name: 'Standard Webhooks, with a base64 secret and a body that is not UTF-8',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: { header: 'webhook-signature', prefix: 'v1,', encoding: 'base64' },
      id: { header: 'webhook-id' },
      timestamp: { header: 'webhook-timestamp', unit: 's' },
      signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
    },
    vector: {
      keys: [{ id: 'key-1', secret: `whsec_${base64Secret}`, encoding: 'whsec' }],
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(NOW / 1000),
        'webhook-signature': `v1,${hmac(
          Buffer.from(base64Secret, 'base64'),
          Buffer.concat([Buffer.from(`msg_1.${NOW / 1000}.`), binary]),
          'base64',
        )}`,
      },
      body: undefined,
      bodyBase64: Buffer.from(binary).toString('base64'),
    },
  },
  {
    name: 'base64url without padding, which parse turns into what the core compares',
    scheme: {
      kind: 'hmac',
      hash: 'sha256',
      signature: {
        header: 'X-Sig',
        encoding: 'base64',
        parse: (text) => {
          if (!/^[\w-]{43}$/.test(text)) throw new Error('not base64url')
          return { candidates: [{ text: `${text.replaceAll('-', '+').replaceAll('_', '/')}=` }] }
        },
      },
      signed: ({ method, url, body }) => [`${method} ${url}\n`, body],
    },
    vector: {
      url: 'https://receiver.example/hook?a=1',
      headers: {
        'X-Sig': Buffer.from(hmac(OLD, `POST https://receiver.example/hook?a=1\n${BODY}`, 'hex'), 'hex').toString(
          'base64url',
        ),
      },
    },
  },
  {
    name: 'upper-case hex, and a secret longer than the block',
    scheme: {
      kind: 'hmac',
      hash: 'sha384',
      signature: {
        header: 'X-Sig',
        encoding: 'hex',
        parse: (text) => {
          if (text !== text.toUpperCase()) throw new Error('not upper case')
          return { candidates: [{ text: text.toLowerCase() }] }
        },
      },
      signed: ({ body }) => [body],
    },
    vector: {
      keys: [{ id: 'key-1', secret: longSecret }],
      headers: { 'X-Sig': hmac(longSecret, BODY, 'hex', 'sha384').toUpperCase() },
    },
  },
  {
    name: 'two slots, an empty body and a short secret of hex',
    scheme: {
      kind: 'hmac',
      hash: 'sha1',
      signature: [
        { header: 'X-One', encoding: 'base64', slot: 'one' },
        { header: 'X-Two', encoding: 'base64', slot: 'two' },
      ],
      signed: ({ body }) => [body],
    },
    rotation: { kind: 'slots', slots: ['one', 'two'], guardMs: 0, periodMs: 1 },
    slots: ['one', 'two'],
    vector: {
      keys: [
        { id: 'key-1', secret: OLD, slot: 'one' },
        { id: 'key-2', secret: 'c0ffee', encoding: 'hex', minBytes: 3, slot: 'two' },
      ],
      headers: {
        'X-One': hmac(NEW, '', 'base64', 'sha1'),
        'X-Two': hmac(Buffer.from('c0ffee', 'hex'), '', 'base64', 'sha1'),
      },
      body: '',
      keyId: 'key-2',
    },
  },
  {
    name: 'a bare token',
    scheme: { kind: 'token', header: 'Authorization', prefix: 'Bearer ' },
    vector: { headers: { authorization: `Bearer ${OLD}` } },
  },
  {
    name: 'several tokens in one header',
    scheme: { kind: 'token', header: 'X-Tokens', separator: ';' },
    vector: { headers: { 'X-Tokens': `another-token;${OLD}` } },
  },
]

function plainProvider({
  scheme,
  rotation = { kind: 'swap', defaultGraceMs: 0 },
  slots,
}: Plain): Provider<unknown, string> {
  return defineProvider<unknown, string>({
    id: 'plain',
    title: 'Plain',
    docs: 'https://plain.example/',
    scheme,
    rotation,
    ...(slots && { slots }),
  })
}

function plainVectors({ vector }: Plain): ProviderVectors {
  const base = acmeVector([OLD], { keys: [{ id: 'key-1', secret: OLD }], keyId: 'key-1' })
  return { provider: 'plain', vectors: [{ ...base, ...vector }] }
}

describe('a good provider passes entirely', () => {
  it('with a stamp and several signatures in its header', async () => {
    expect(await failuresOf(acme(), ACME_VECTORS)).toEqual([])
  })

  it('as the function that makes it, with the options of each vector', async () => {
    const make = ({ hash = 'sha256' }: { hash?: 'sha256' }) => acme({ hash })
    const vectors = { provider: 'acme', vectors: [acmeVector([OLD], { options: { hash: 'sha256' } })] }
    expect(await failuresOf(make, vectors)).toEqual([])
  })

  it.each(PLAIN)('with $name', async (plain) => {
    expect(await failuresOf(plainProvider(plain), plainVectors(plain))).toEqual([])
  })
})

interface Defective {
  readonly defect: string
  readonly provider?: Provider
  readonly vectors?: readonly Vector[]
  /** A case that must fail, by its name. */
  readonly fails: RegExp
}

const decoder = new TextDecoder()
const entry = /v1=([0-9a-f]+)/g

const DEFECTIVE: readonly Defective[] = [
  {
    defect: 'parse keeps only the last signature',
    provider: acme({ parse: (text) => ({ ...parseAcme(text), candidates: parseAcme(text).candidates.slice(-1) }) }),
    fails: /entries: as the provider's format writes them, a good one and another/,
  },
  {
    defect: 'parse keeps only the first signature',
    provider: acme({ parse: (text) => ({ ...parseAcme(text), candidates: parseAcme(text).candidates.slice(0, 1) }) }),
    fails: /entries: as the provider's format writes them, another and a good one/,
  },
  {
    defect: 'parse takes the last of repeated headers',
    provider: acme({ parse: (text) => parseAcme(text.split(', ').at(-1) ?? '') }),
    fails: /repeats: a good and another signature as a list get one verdict/,
  },
  {
    defect: 'parse folds the case of a signature',
    provider: acme({ parse: (text) => parseAcme(text.toLowerCase()) }),
    fails: /signature: in upper case/,
  },
  {
    defect: 'parse trims',
    provider: acme({ parse: (text) => parseAcme(text.trim()) }),
    fails: /signature: with a no-break space behind it/,
  },
  {
    defect: 'parse ignores what follows a signature',
    provider: acme({ parse: (text) => parseAcme(text.replaceAll(/(v1=[0-9a-f]{64})[^,]*/g, '$1')) }),
    fails: /signature: with a character behind it/,
  },
  {
    defect: 'parse does not need the label',
    provider: acme({
      parse: (text) => ({
        timestamp: /t=(\d+)/.exec(text)?.[1] ?? String(NOW / 1000),
        candidates: (text.match(/[0-9a-f]{64}/g) ?? []).map((signature) => ({ text: signature })),
      }),
    }),
    fails: /signature: without what stands before it/,
  },
  {
    defect: 'parse reads the stamp as a number',
    provider: acme({
      parse: (text) => {
        const { timestamp = '', candidates } = parseAcme(text)
        return { timestamp: String(Number.parseInt(timestamp, 10)), candidates }
      },
    }),
    fails: /timestamp: its own text with letters behind it .* is refused/,
  },
  {
    defect: 'parse remembers where its expression was',
    provider: acme({
      parse: (text) => ({ ...parseAcme(text), candidates: [{ text: entry.exec(text)?.[1] ?? '' }] }),
    }),
    fails: /verifies again/,
  },
  {
    defect: 'parse is slow for some texts',
    provider: acme({
      parse: (text) => {
        const end = performance.now() + (text.startsWith(';;') ? 1001 : 0)
        while (performance.now() < end);
        return parseAcme(text)
      },
    }),
    fails: /hostile: 8 KiB of ";" .* within a second/,
  },
  {
    defect: 'the body is decoded to text',
    provider: acme({ signed: ({ timestamp, body }) => [`${timestamp}.${decoder.decode(body)}`] }),
    fails: /22 ff 22 and 22 fe 22/,
  },
  {
    defect: 'the body goes through a string replacement',
    provider: acme({
      signed: ({ timestamp, body }) => ['T.B'.replace('T', timestamp).replace('B', decoder.decode(body))],
    }),
    fails: /the patterns of a string replacement/,
  },
  {
    defect: 'the body is parsed and serialised',
    provider: acme({ signed: ({ timestamp, body }) => [`${timestamp}.`, reserialised(body)] }),
    vectors: [
      acmeVector([], { headers: { 'Acme-Signature': signedBy(`${NOW / 1000}.{"id":17,"text":"Größe\\r\\n"}`) } }),
    ],
    fails: /body: its JSON serialised anew is refused/,
  },
  {
    defect: 'the body is not signed',
    provider: acme({ signed: ({ timestamp }) => [timestamp] }),
    vectors: [acmeVector([], { headers: { 'Acme-Signature': signedBy(`${NOW / 1000}`) } })],
    fails: /body: bit 3 of the last byte flipped is refused/,
  },
  {
    defect: 'the body is changed by who signs it',
    provider: acme({ signed: ({ timestamp, body }) => [`${timestamp}.`, Uint8Array.from(body.fill(0x20))] }),
    vectors: [
      acmeVector([], {
        headers: { 'Acme-Signature': signedBy(`${NOW / 1000}.${' '.repeat(Buffer.byteLength(BODY))}`) },
      }),
    ],
    fails: /verifying leaves the bytes of the body/,
  },
  {
    defect: 'a part of the stamp is not signed',
    provider: acme({
      timestamp: { unit: 'ms' },
      signed: ({ timestamp, body }) => [`${timestamp.slice(0, 10)}.`, body],
    }),
    vectors: [
      acmeVector([], {
        headers: { 'Acme-Signature': `t=${NOW},v1=${hmac(OLD, `${NOW / 1000}.${BODY}`)}` },
      }),
    ],
    fails: /timestamp: its digit 13 changed is refused/,
  },
  {
    defect: 'the wrong hash',
    provider: acme({ hash: 'sha1' }),
    fails: /its signatures stand in its headers/,
  },
  {
    defect: 'the wrong content',
    provider: acme({ signed: ({ timestamp, body }) => [`${timestamp}:`, body] }),
    fails: /WebCrypto makes it too/,
  },
  {
    defect: 'a vector with a wrong keyId',
    vectors: [acmeVector([OLD], { keyId: 'january' })],
    fails: /verifies with key/,
  },
  {
    defect: 'a vector with a wrong state',
    vectors: [acmeVector([OLD], { keyState: 'staged' })],
    fails: /verifies with key/,
  },
  {
    defect: 'a vector with a wrong clock',
    vectors: [acmeVector([OLD], { now: NOW + 300_001 })],
    fails: /verifies with key/,
  },
  {
    defect: 'a vector with a wrong reason',
    vectors: [acmeVector([OLD]), refusedVector('too-new', { now: NOW + 300_001 })],
    fails: /is refused as too-new/,
  },
  {
    defect: 'a vector that is refused in truth, called valid',
    vectors: [acmeVector([NEW], { keys: [{ id: 'december', secret: OLD }] })],
    fails: /verifies with key/,
  },
  {
    defect: 'a vector that verifies in truth, called invalid',
    vectors: [acmeVector([OLD]), refusedVector('no-matching-key')],
    fails: /is refused as no-matching-key/,
  },
  {
    defect: 'a key whose id tells its secret',
    vectors: [acmeVector([OLD], { keys: [{ id: OLD, secret: OLD }], keyId: OLD })],
    fails: /leaks: none in the verdict of an acceptance/,
  },
]

function signedBy(content: string): string {
  return `t=${NOW / 1000},v1=${hmac(OLD, content)}`
}

function reserialised(body: Uint8Array): string {
  try {
    return JSON.stringify(JSON.parse(decoder.decode(body)))
  } catch {
    return ''
  }
}

describe('a defect makes a case fail', () => {
  it.each(DEFECTIVE)('$defect', async ({ provider = acme(), vectors = [acmeVector([OLD])], fails }) => {
    const failures = await failuresOf(provider, { provider: 'acme', vectors })
    expect(failures).toContainEqual(expect.stringMatching(fails))
  })
})

describe('the cases', () => {
  const cases = providerSuite(acme(), ACME_VECTORS)

  it('have unique names, each of one line', () => {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => /[\r\n]/.test(name))).toEqual([])
  })

  it('are many, and cannot be changed', () => {
    expect(cases.length).toBeGreaterThan(500)
    expect(Object.isFrozen(cases)).toBe(true)
    expect(cases.every((one) => Object.isFrozen(one))).toBe(true)
  })

  it('show in a failure what was expected and what was seen, and not the secret', async () => {
    const [failure = ''] = await failuresOf(acme(), {
      provider: 'acme',
      vectors: [acmeVector([OLD], { keyId: 'january' })],
    })
    expect(failure).toContain("expected acceptance by key 'january' (active) with assurance 'body-mac'")
    expect(failure).toContain("saw acceptance by key 'december' (active)")
    expect(failure).not.toContain(OLD)
  })
})
