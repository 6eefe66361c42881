import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { infer } from '../../src/explain.js'
import { createVerifier, defineProvider, type Provider, secret } from '../../src/index.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const STAMP = String(NOW / 1000)
const BODY = '{"id":1}'

interface Sample {
  readonly name: string
  readonly headers: Record<string, string>
  readonly summary: string
  readonly url?: string
}

function mac(hash: string, encoding: 'hex' | 'base64', content: string, key: string | Buffer = SECRET): string {
  return createHmac(hash, key).update(content).digest(encoding)
}

/** As other vendors sign, whose pages say so. */
const SAMPLES: readonly Sample[] = [
  {
    name: 'a prefix',
    headers: { 'X-Hub-Signature-256': `sha256=${mac('sha256', 'hex', BODY)}` },
    summary: "X-Hub-Signature-256 holds HMAC-SHA256 of <body> in hex, 'sha256=' before it.",
  },
  {
    name: 'a stamp in a header of its own',
    headers: {
      'X-Slack-Signature': `v0=${mac('sha256', 'hex', `v0:${STAMP}:${BODY}`)}`,
      'X-Slack-Request-Timestamp': STAMP,
    },
    summary: "X-Slack-Signature holds HMAC-SHA256 of v0:<timestamp>:<body> in hex, 'v0=' before it.",
  },
  {
    name: 'a stamp beside the signature',
    headers: { 'Stripe-Signature': `t=${STAMP},v1=${mac('sha256', 'hex', `${STAMP}.${BODY}`)}` },
    summary: 'Stripe-Signature holds HMAC-SHA256 of <timestamp>.<body> in hex, among other parts of the header.',
  },
  {
    name: 'an id',
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': STAMP,
      'webhook-signature': `v1,${mac('sha256', 'base64', `msg_1.${STAMP}.${BODY}`)}`,
    },
    summary: "webhook-signature holds HMAC-SHA256 of <id>.<timestamp>.<body> in base64, 'v1,' before it.",
  },
  {
    name: 'a stamp behind the body',
    headers: {
      'Box-Signature': mac('sha256', 'base64', `${BODY}2026-01-01T00:00:00Z`),
      'Box-Timestamp': '2026-01-01T00:00:00Z',
    },
    summary: 'Box-Signature holds HMAC-SHA256 of <body><timestamp> in base64, nothing before it.',
  },
  {
    name: 'milliseconds',
    headers: { 'X-Sig': mac('sha512', 'hex', `${NOW}${BODY}`), 'X-Time': String(NOW) },
    summary: 'X-Sig holds HMAC-SHA512 of <timestamp><body> in hex, nothing before it.',
  },
  {
    name: 'upper case',
    headers: { 'X-Sig': mac('sha1', 'hex', BODY).toUpperCase() },
    summary: 'X-Sig holds HMAC-SHA1 of <body> in upper-case hex, nothing before it.',
  },
  {
    name: 'base64url',
    headers: { 'X-Sig': Buffer.from(mac('sha256', 'base64', BODY), 'base64').toString('base64url') },
    summary: 'X-Sig holds HMAC-SHA256 of <body> in base64url, nothing before it.',
  },
  {
    name: 'the url',
    headers: { 'X-Sig': mac('sha256', 'hex', `https://a.example/hook${BODY}`) },
    summary: 'X-Sig holds HMAC-SHA256 of <url><body> in hex, nothing before it.',
    url: 'https://a.example/hook',
  },
  ...[`${STAMP}000000`, `${STAMP}000000000`, `${STAMP}.5`, 'Thu, 01 Jan 2026 00:00:00 GMT'].map((stamp) => ({
    name: `the stamp ${stamp}`,
    headers: { 'X-Sig': mac('sha256', 'hex', `${stamp}.${BODY}`), 'X-Time': stamp },
    summary: 'X-Sig holds HMAC-SHA256 of <timestamp>.<body> in hex, nothing before it.',
  })),
  {
    name: 'microseconds beside the signature',
    headers: { 'X-Sig': `t=${STAMP}000000,v1=${mac('sha256', 'hex', `${STAMP}000000.${BODY}`)}` },
    summary: 'X-Sig holds HMAC-SHA256 of <timestamp>.<body> in hex, among other parts of the header.',
  },
  {
    name: 'the base64 of hex among other parts',
    headers: { 'X-Sig': `t=${STAMP},v1=${btoa(mac('sha256', 'hex', `${STAMP}.${BODY}`))}` },
    summary: 'X-Sig holds HMAC-SHA256 of <timestamp>.<body> in base64 of hex, among other parts of the header.',
  },
  {
    name: 'a MAC beside one by another hash',
    headers: { 'X-Sig': `sha1=${mac('sha1', 'hex', 'another')},sha256=${mac('sha256', 'hex', BODY)}` },
    summary: 'X-Sig holds HMAC-SHA256 of <body> in hex, among other parts of the header.',
  },
  {
    name: 'a parameter in quotes',
    headers: { Authorization: `HMAC keyId="abc",signature="${mac('sha256', 'hex', BODY)}"` },
    summary: 'Authorization holds HMAC-SHA256 of <body> in hex, among other parts of the header.',
  },
  {
    name: 'a long label',
    headers: { 'X-Sig': `signature-of-the-payload=${mac('sha256', 'base64', BODY)}` },
    summary: 'X-Sig holds HMAC-SHA256 of <body> in base64, among other parts of the header.',
  },
  {
    name: 'a header whose name ends a text and runs code',
    headers: { "X'+globalThis.infer`1`+'": mac('sha256', 'hex', BODY) },
    summary: "X'+globalThis.infer`1`+' holds HMAC-SHA256 of <body> in hex, nothing before it.",
  },
  {
    name: 'a header of a vendor that has the adapter’s name and another form',
    headers: { 'X-ol-signature': mac('sha256', 'base64', BODY) },
    summary: 'X-ol-signature holds HMAC-SHA256 of <body> in base64, nothing before it.',
  },
  {
    name: 'Orange Logic’s header in hex',
    headers: { 'X-ol-signature': `v1,${mac('sha256', 'hex', BODY)}` },
    summary: "X-ol-signature holds HMAC-SHA256 of <body> in hex, 'v1,' before it.",
  },
  {
    name: 'Orange Logic’s header with a label of another version',
    headers: { 'X-ol-signature': `v2,${mac('sha256', 'base64', BODY)}` },
    summary: "X-ol-signature holds HMAC-SHA256 of <body> in base64, 'v2,' before it.",
  },
  {
    name: 'Orange Logic’s header beside other names than those of Standard Webhooks',
    headers: {
      'X-ol-signature': `v1,${mac('sha256', 'base64', `m.${STAMP}.${BODY}`)}`,
      'svix-id': 'm',
      'svix-timestamp': STAMP,
    },
    summary: "X-ol-signature holds HMAC-SHA256 of <id>.<timestamp>.<body> in base64, 'v1,' before it.",
  },
  {
    name: 'Global Commerce’s header in hex',
    headers: { 'DigitalRiver-Signature': `${STAMP}, ${mac('sha256', 'hex', `${STAMP}.${BODY}`)}` },
    summary: 'DigitalRiver-Signature holds HMAC-SHA256 of <timestamp>.<body> in hex, among other parts of the header.',
  },
  {
    name: 'Global Commerce’s header with labels',
    headers: { 'DigitalRiver-Signature': `t=${STAMP},v1=${mac('sha256', 'base64', `${STAMP}.${BODY}`)}` },
    summary:
      'DigitalRiver-Signature holds HMAC-SHA256 of <timestamp>.<body> in base64, among other parts of the header.',
  },
]

describe('infer', () => {
  it.each(SAMPLES)(
    'finds $name, and the provider that it writes verifies the delivery',
    async ({ headers, summary, url }) => {
      const delivery = { headers, body: BODY, ...(url !== undefined && { url }) }
      const [inference] = await infer(delivery, ['another-secret', SECRET])
      expect(inference).toMatchObject({ summary, secretIndex: 1, secretReading: 'as given' })
      const byScheme = defineProvider({
        id: 'acme',
        title: 'Acme',
        docs: 'https://acme.example',
        rotation: { kind: 'swap', defaultGraceMs: 1 },
        scheme: inference?.scheme as never,
      })
      for (const provider of [byScheme, await providerOf(inference?.source ?? '')]) {
        const verify = (body: string) =>
          createVerifier(provider, { keys: SECRET, now: () => NOW }).verify({ ...delivery, body })
        expect(await verify(BODY)).toMatchObject({ ok: true })
        expect(await verify(`${BODY} `)).toMatchObject({ ok: false, reason: 'no-matching-key' })
      }
    },
  )

  it('writes no provider that takes a stamp out of the middle of another header', async () => {
    const headers = { 'X-Sig': mac('sha256', 'hex', `${STAMP}.${BODY}`), 'X-Meta': `ts=${STAMP},foo=bar` }
    expect(await infer({ headers, body: BODY }, [SECRET])).toEqual([])
  })

  it('finds a token in a header with a quote in its name', async () => {
    const [inference] = await infer({ headers: { "X'Y": SECRET }, body: BODY }, [SECRET])
    expect((await providerOf(inference?.source ?? '')).scheme).toEqual({ kind: 'token', header: "X'Y" })
  })

  it.each([
    ['orange-logic', { 'X-ol-signature': `v1,${mac('sha512', 'base64', BODY)}` }],
    [
      'orange-logic',
      { 'X-ol-signature': `v1,${mac('sha256', 'base64', 'another')} v1a,${mac('sha256', 'base64', BODY)}` },
    ],
    ['global-commerce', { 'DigitalRiver-Signature': `${STAMP}, ${mac('sha256', 'base64', `${STAMP}.${BODY}`)}` }],
  ])('names the adapter %s where the header has its form', async (provider, headers) => {
    expect(await infer({ headers: headers as never, body: BODY }, [SECRET])).toMatchObject([
      { adapterOptions: { provider } },
    ])
  })

  it('writes no secret down as what stands before a signature', async () => {
    const [short, other] = ['a-secret', 'another-one']
    const headers = { 'X-Sig': `A-Secret ${mac('sha256', 'hex', BODY, other)}` }
    const [inference] = await infer({ headers, body: BODY }, [short, other])
    expect(inference).toMatchObject({ summary: expect.stringContaining('among other parts'), secretIndex: 1 })
    expect(JSON.stringify(inference)).not.toMatch(/a-secret/i)
    expect(await providerOf(inference?.source ?? '')).toMatchObject({ scheme: { kind: 'hmac' } })
  })

  it('finds a token', async () => {
    const [inference] = await infer({ headers: { Authorization: `Bearer ${SECRET}` }, body: BODY }, [SECRET])
    expect(inference?.scheme).toEqual({ kind: 'token', header: 'Authorization', prefix: 'Bearer ' })
    expect(inference?.summary).toContain('token mode')
    expect(JSON.stringify(inference)).not.toContain(SECRET)
  })

  it('says how the secret has to be read', async () => {
    const hex = '00112233445566778899aabbccddeeff'
    const headers = { 'X-Sig': mac('sha256', 'hex', BODY, Buffer.from(hex, 'hex')) }
    const [inference] = await infer({ headers, body: BODY }, [hex])
    expect(inference).toMatchObject({ header: 'X-Sig', secretReading: 'with its secret read as hex' })
  })

  it('takes secrets that were made, and white space at their edges', async () => {
    const headers = { 'X-Sig': mac('sha256', 'hex', BODY) }
    expect(await infer({ headers, body: BODY }, [secret(SECRET)])).toHaveLength(1)
    expect(await infer({ headers, body: BODY }, [`${SECRET}\n`])).toMatchObject([
      { secretReading: expect.stringContaining('trimmed') },
    ])
  })

  const TIMED = `${STAMP}.${BODY}`
  it.each([
    ['X-Autify-Signature', `sha1=${mac('sha1', 'hex', BODY)}`, 'autify', {}],
    ['X-Autify-Signature', mac('sha1', 'hex', BODY), undefined, undefined],
    ['X-INS-AUTH', mac('sha1', 'hex', BODY), 'insider', { mode: 'hmac', encoding: 'hex' }],
    ['X-INS-AUTH', mac('sha1', 'base64', BODY), 'insider', { mode: 'hmac', encoding: 'base64' }],
    ['X-INS-AUTH', SECRET, 'insider', { mode: 'token' }],
    ['X-INS-AUTH', `Bearer ${SECRET}`, undefined, undefined],
    ['X-INS-AUTH', mac('sha256', 'hex', BODY), undefined, undefined],
    [
      'X-ol-signature',
      `v1,${mac('sha256', 'base64', BODY)}`,
      'orange-logic',
      { hash: 'sha256', signedContent: 'body' },
    ],
    ['X-ol-signature', `v1,${mac('sha384', 'base64', BODY)}`, undefined, undefined],
    ['DigitalRiver-Signature', `${STAMP}, ${mac('sha256', 'base64', TIMED)}`, 'global-commerce', {}],
    ['DigitalRiver-Signature', `${STAMP}, ${mac('sha512', 'base64', TIMED)}`, undefined, undefined],
  ])('tells by %s: %s which adapter it is for', async (header, value, provider, options) => {
    const [inference] = await infer({ headers: { [header]: value }, body: BODY }, [SECRET])
    expect(inference).toBeDefined()
    expect(inference?.adapterOptions).toEqual(provider && { provider, options })
  })

  it('knows AgilePoint by two headers of two secrets', async () => {
    const headers = {
      'X-Second': mac('sha256', 'base64', BODY, 'the-second-key'),
      'X-First': mac('sha256', 'base64', BODY, 'the-first-key'),
    }
    const inferences = await infer({ headers, body: BODY }, ['the-first-key', 'the-second-key'])
    expect(inferences.map(({ adapterOptions }) => adapterOptions)).toEqual(
      Array(2).fill({
        provider: 'agilepoint',
        options: {
          headers: { primary: 'X-First', secondary: 'X-Second' },
          hash: 'sha256',
          encoding: 'base64',
          mode: 'hmac',
        },
      }),
    )
    expect(inferences[0]?.source).toContain("agilePoint({ headers: { primary: 'X-First', secondary: 'X-Second' }")
  })

  it('finds nothing where nothing fits', async () => {
    expect(await infer({ headers: { 'X-Sig': mac('sha256', 'hex', 'another') }, body: BODY }, [SECRET])).toEqual([])
    expect(await infer({ headers: {}, body: '' }, [SECRET])).toEqual([])
  })

  it.each([
    ['no-keys', []],
    ['keys-invalid', [{}]],
    ['secret-malformed', ['']],
  ])('throws %s', async (code, secrets) => {
    await expect(infer({ headers: {}, body: BODY }, secrets as never)).rejects.toMatchObject({ code })
  })
})

/** The provider of a source, run as it stands. */
async function providerOf(source: string): Promise<Provider> {
  const body = source.replace(/^import .*$/gm, '').replace('export const provider =', 'return')
  return new Function('defineProvider', body)(defineProvider)
}
