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

const URL = 'https://a.example/hook'
/** The signatures of two slots. */
const first = (encoding: 'hex' | 'base64', hash = 'sha256') => mac(hash, encoding, BODY, 'the-first-key')
const second = (encoding: 'hex' | 'base64', hash = 'sha256') => mac(hash, encoding, BODY, 'the-second-key')

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
    name: 'upper-case hex among other parts',
    headers: { 'X-Sig': `t=${STAMP},v1=${mac('sha256', 'hex', `${STAMP}.${BODY}`).toUpperCase()}` },
    summary: 'X-Sig holds HMAC-SHA256 of <timestamp>.<body> in upper-case hex, among other parts of the header.',
  },
  {
    name: 'base64url behind a prefix',
    headers: { 'X-Sig': `v1=${Buffer.from(mac('sha256', 'base64', BODY), 'base64').toString('base64url')}` },
    summary: "X-Sig holds HMAC-SHA256 of <body> in base64url, 'v1=' before it.",
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

  it('keeps a secret that was pasted with its line break out of it as well', async () => {
    const headers = { 'X-Sig': `A-Secret ${mac('sha256', 'hex', BODY, 'another-one')}` }
    const [inference] = await infer({ headers, body: BODY }, ['a-secret\n', 'another-one'])
    expect(inference).toMatchObject({ summary: expect.stringContaining('among other parts'), secretIndex: 1 })
  })

  it('tells first what fits by a secret as it was given', async () => {
    const headers = { 'X-A': mac('sha256', 'hex', BODY, 'first-secret'), 'X-B': mac('sha256', 'hex', BODY) }
    const inferences = await infer({ headers, body: BODY }, ['first-secret\n', SECRET])
    expect(inferences.map(({ header, secretReading }) => [header, secretReading])).toEqual([
      ['X-B', 'as given'],
      ['X-A', 'with its secret trimmed of white space'],
    ])
    expect(inferences.every(({ adapterOptions }) => adapterOptions === undefined)).toBe(true)
  })

  it('takes a secret of bytes', async () => {
    const hex = '00112233445566778899aabbccddeeff'
    const headers = { 'X-Sig': mac('sha256', 'hex', BODY, Buffer.from(hex, 'hex')) }
    const inferences = await infer({ headers, body: BODY }, [secret(hex, { encoding: 'hex' })])
    expect(inferences).toMatchObject([{ header: 'X-Sig', secretReading: 'as given' }])
  })

  it('reads the body as it was when it was asked', async () => {
    const body = new TextEncoder().encode(BODY)
    const headers = { 'X-Sig': mac('sha256', 'hex', BODY + STAMP), 'X-Time': STAMP }
    const inferences = infer({ headers, body }, [SECRET])
    body.fill(0)
    expect(await inferences).toHaveLength(1)
  })

  it.each([
    ['PUT', 'PUT'],
    [undefined, 'POST'],
  ])('finds the method %s', async (method, signed) => {
    const url = 'https://a.example/hook'
    const headers = { 'X-Sig': mac('sha256', 'hex', `${signed}${url}${BODY}`) }
    const [inference] = await infer({ headers, body: BODY, url, method }, [SECRET])
    expect(inference?.summary).toContain('<method><url><body>')
  })

  it.each([
    ['Id', 'm', true],
    ['X-Id', 'm'.repeat(256), true],
    ['X-Id', 'm'.repeat(257), false],
    ['X-Identity', 'm', false],
    ['X-Paid', 'm', false],
  ])('takes %s for an id, or not', async (name, id, isId) => {
    const headers = { [name]: id, 'X-Time': STAMP, 'X-Sig': mac('sha256', 'hex', `${id}.${STAMP}.${BODY}`) }
    expect(await infer({ headers, body: BODY }, [SECRET])).toHaveLength(isId ? 1 : 0)
  })

  it.each([
    ['signature-of-it=', true],
    ['signature-of-its=', false],
    ['x;sha256=', false],
    ['sha256=;', false],
    ['v123456=', false],
    ['v12345=', true],
  ])('takes %s for a prefix, or not', async (before, isPrefix) => {
    const headers = { 'X-Sig': before + mac('sha256', 'hex', BODY) }
    const [inference] = await infer({ headers, body: BODY }, [SECRET])
    expect(inference?.summary.endsWith(isPrefix ? `'${before}' before it.` : 'among other parts of the header.')).toBe(
      true,
    )
  })

  it('takes what stands behind a signature for another part', async () => {
    const headers = { 'X-Sig': `${mac('sha256', 'hex', BODY)};v1` }
    const [inference] = await infer({ headers, body: BODY }, [SECRET])
    expect(inference?.summary).toContain('among other parts of the header')
  })

  it.each([
    [`${STAMP}000000`, `1${STAMP}000000`, `x${STAMP}00000`],
    [`${STAMP}000000000`, `1${STAMP}000000000`, `${STAMP}00000000x`],
    [`${STAMP}.25`, `x${STAMP}.25`, `${STAMP}.25x`],
  ])('reads %s alone', async (stamp, ...others) => {
    const headers = { 'X-Sig': mac('sha256', 'hex', `${stamp}.${BODY}`), 'X-Time': stamp }
    const [inference] = await infer({ headers, body: BODY }, [SECRET])
    const { timestamp } = (inference?.scheme ?? {}) as { timestamp: { parse(text: string): number | undefined } }
    expect(timestamp.parse(stamp)).toBe(NOW + (stamp.endsWith('.25') ? 250 : 0))
    for (const other of others) expect(timestamp.parse(other)).toBeUndefined()
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
    ['X-ol-signature', `v1,a ${mac('sha256', 'base64', BODY)}`, undefined, undefined],
    ['X-ol-signature', SECRET, undefined, undefined],
    ['DigitalRiver-Signature', SECRET, undefined, undefined],
    ['DigitalRiver-Signature', `${STAMP},${mac('sha256', 'base64', TIMED)}`, 'global-commerce', {}],
    [
      'DigitalRiver-Signature',
      `${STAMP}, ${mac('sha256', 'base64', 'another')}, ${mac('sha256', 'base64', TIMED)}`,
      'global-commerce',
      {},
    ],
    ['DigitalRiver-Signature', `t=x,${STAMP}, ${mac('sha256', 'base64', TIMED)}`, undefined, undefined],
    ['DigitalRiver-Signature', `${STAMP},x ${mac('sha256', 'base64', TIMED)}`, undefined, undefined],
    ['DigitalRiver-Signature', `${STAMP}, ${mac('sha256', 'base64', STAMP + BODY)}`, undefined, undefined],
    ['X-Autify-Signature', `sha1=${mac('sha1', 'hex', `POSThttps://a.example/${BODY}`)}`, undefined, undefined],
    ['X-INS-AUTH', mac('sha1', 'hex', `https://a.example/${BODY}`), undefined, undefined],
    ['DigitalRiver-Signature', `${STAMP}, ${mac('sha256', 'base64', TIMED)}`, 'global-commerce', {}],
    ['DigitalRiver-Signature', `${STAMP}, ${mac('sha512', 'base64', TIMED)}`, undefined, undefined],
  ])('tells by %s: %s which adapter it is for', async (header, value, provider, options) => {
    const delivery = { headers: { [header]: value }, body: BODY, url: 'https://a.example/' }
    const [inference] = await infer(delivery, [SECRET])
    expect(inference).toBeDefined()
    expect(inference?.adapterOptions).toEqual(provider && { provider, options })
  })

  it.each([
    [
      { 'Webhook-Id': 'm', 'Webhook-Timestamp': STAMP },
      { hash: 'sha256', signedContent: 'standard-webhooks' },
    ],
    [{ 'svix-id': 'm', 'webhook-timestamp': STAMP }, undefined],
    [{ 'webhook-id': 'm', 'svix-timestamp': STAMP }, undefined],
    [{ 'webhook-id': 'm', 'webhook-timestamp': `${STAMP}000` }, undefined],
  ])('knows Orange Logic’s signature as Standard Webhooks by %j', async (beside, options) => {
    const [id, stamp] = Object.values(beside)
    const headers = { 'X-ol-signature': `v1,${mac('sha256', 'base64', `${id}.${stamp}.${BODY}`)}`, ...beside }
    const [inference] = await infer({ headers, body: BODY }, [SECRET])
    expect(inference?.adapterOptions).toEqual(options && { provider: 'orange-logic', options })
  })

  it('does not know it with a stamp beside the signature', async () => {
    const signature = mac('sha256', 'base64', `m.${STAMP}.${BODY}`)
    const headers = { 'X-ol-signature': `${STAMP} v1,${signature}`, 'webhook-id': 'm' }
    const [inference] = await infer({ headers, body: BODY }, [SECRET])
    expect(inference).toMatchObject({ header: 'X-ol-signature' })
    expect(inference?.adapterOptions).toBeUndefined()
  })

  it('writes the call of the adapter', async () => {
    const sourceOf = async (headers: Record<string, string>, ...secrets: string[]) =>
      (await infer({ headers, body: BODY }, secrets.length > 0 ? secrets : [SECRET]))[0]?.source
    expect(await sourceOf({ 'X-Autify-Signature': `sha1=${mac('sha1', 'hex', BODY)}` })).toMatchInlineSnapshot(`
      "import { autify } from '@countersign/autify'

      export const provider = autify()
      "
    `)
    expect(await sourceOf({ 'X-INS-AUTH': SECRET })).toMatchInlineSnapshot(`
      "import { insider } from '@countersign/insider'

      export const provider = insider({ mode: 'token' })
      "
    `)
    expect(await sourceOf({ 'X-ol-signature': `v1,${mac('sha512', 'base64', BODY)}` })).toMatchInlineSnapshot(`
      "import { orangeLogic } from '@countersign/orange-logic'

      export const provider = orangeLogic({ hash: 'sha512', signedContent: 'body' })
      "
    `)
    const timed = `${STAMP}, ${mac('sha256', 'base64', TIMED)}`
    expect(await sourceOf({ 'DigitalRiver-Signature': timed })).toMatchInlineSnapshot(`
      "import { globalCommerce } from '@countersign/global-commerce'

      export const provider = globalCommerce()
      "
    `)
    const tokens = { 'X-First': 'the-first-key', 'X-Second': 'the-second-key' }
    expect(await sourceOf(tokens, 'the-first-key', 'the-second-key')).toMatchInlineSnapshot(`
      "import { agilePoint } from '@countersign/agilepoint'

      export const provider = agilePoint({ headers: { primary: 'X-First', secondary: 'X-Second' }, mode: 'token' })
      "
    `)
  })

  it('writes a provider of one’s own', async () => {
    const sourceOf = async (headers: Record<string, string>) =>
      (await infer({ headers, body: BODY }, [SECRET])).map(({ summary, source }) => `${summary}\n${source}`).join()
    expect(await sourceOf({ 'X-Token': SECRET })).toMatchInlineSnapshot(`
      "X-Token holds the secret itself (token mode): nothing ties the body to it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'token',
          header: 'X-Token',
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    expect(await sourceOf({ Authorization: `Bearer ${SECRET}` })).toMatchInlineSnapshot(`
      "Authorization holds the secret itself behind 'Bearer ' (token mode): nothing ties the body to it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'token',
          header: 'Authorization',
          prefix: 'Bearer ',
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    expect(await sourceOf({ 'X-Sig': `sha256=${mac('sha256', 'hex', BODY)}` })).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <body> in hex, 'sha256=' before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: { header: 'X-Sig', prefix: 'sha256=', encoding: 'hex' },
          signed: ({ body }) => [body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    const url = Buffer.from(mac('sha256', 'base64', BODY), 'base64').toString('base64url')
    expect(await sourceOf({ 'X-Sig': `v1=${url}` })).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <body> in base64url, 'v1=' before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: {
            header: 'X-Sig',
            prefix: 'v1=',
            encoding: 'base64',
            parse: (text) => ({ candidates: [{ text: text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '=') }] }),
          },
          signed: ({ body }) => [body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    expect(await sourceOf({ 'X-Sig': url })).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <body> in base64url, nothing before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: {
            header: 'X-Sig',
            encoding: 'base64',
            parse: (text) => ({ candidates: [{ text: text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '=') }] }),
          },
          signed: ({ body }) => [body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    const parts = `t=${STAMP},v1=${mac('sha256', 'hex', `${STAMP}.${BODY}`).toUpperCase()}`
    expect(await sourceOf({ 'X-Sig': parts })).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <timestamp>.<body> in upper-case hex, among other parts of the header.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: {
            header: 'X-Sig',
            encoding: 'hex',
            parse: (header) => {
              const timestamp = header.split(/[\\s,;="']+/).find((part) => /^\\d{10,19}(\\.\\d+)?$|^\\d{4}-\\d\\d-\\d\\dT/.test(part))
              const parts = header.match(/[\\w+/-]+={0,2}/g) ?? []
              const candidates = parts.filter((part) => /^[0-9a-fA-F]{64}$/.test(part)).map((text) => ({ text: text.toLowerCase() }))
              return { candidates, timestamp }
            },
          },
          timestamp: { unit: 's' },
          signed: ({ timestamp, body }) => [timestamp + '.', body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    const dated = { 'X-Sig': mac('sha256', 'hex', `2026-01-01T00:00:00Z${BODY}`), 'X-Time': '2026-01-01T00:00:00Z' }
    expect(await sourceOf(dated)).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <timestamp><body> in hex, nothing before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: { header: 'X-Sig', encoding: 'hex' },
          timestamp: { header: 'X-Time', unit: 'auto' },
          signed: ({ timestamp, body }) => [timestamp, body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    const stamped = { 'X-Sig': mac('sha256', 'hex', `${STAMP}.${BODY}`), 'X-Time': STAMP }
    expect(await sourceOf(stamped)).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <timestamp>.<body> in hex, nothing before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: { header: 'X-Sig', encoding: 'hex' },
          timestamp: { header: 'X-Time', unit: 's' },
          signed: ({ timestamp, body }) => [timestamp + '.', body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
    const micro = { 'X-Sig': mac('sha256', 'hex', `${STAMP}000000.${BODY}`), 'X-Time': `${STAMP}000000` }
    expect(await sourceOf(micro)).toMatchInlineSnapshot(`
      "X-Sig holds HMAC-SHA256 of <timestamp>.<body> in hex, nothing before it.
      import { defineProvider } from '@countersign/core'

      export const provider = defineProvider({
        id: 'my-vendor',
        title: 'My vendor',
        docs: 'https://vendor.example/webhooks',
        scheme: {
          kind: 'hmac',
          hash: 'sha256',
          signature: { header: 'X-Sig', encoding: 'hex' },
          timestamp: { header: 'X-Time', unit: 'auto', parse: (text) => (/^\\d{16}$/.test(text) ? Number(text) / 1e3 : undefined) },
          signed: ({ timestamp, body }) => [timestamp + '.', body],
        },
        // Unless the vendor says otherwise: it swaps its secret at once, and the old one verifies for a day longer.
        rotation: { kind: 'swap', defaultGraceMs: 24 * 60 * 60 * 1000 },
      })
      "
    `)
  })

  it.each<[string, Record<string, string>]>([
    ['a third header', { 'X-A': first('hex'), 'X-B': second('hex'), 'X-C': 'the-first-key' }],
    [
      'three headers of three secrets',
      { 'X-A': first('hex'), 'X-B': second('hex'), 'X-C': mac('sha256', 'hex', BODY, 'the-third-key') },
    ],
    ['two headers of one token', { 'X-A': 'the-first-key', 'X-B': 'the-first-key' }],
    ['one header', { 'X-A': first('hex') }],
    ['two headers of one secret', { 'X-A': first('hex'), 'X-B': first('hex') }],
    ['two encodings', { 'X-A': first('hex'), 'X-B': second('base64') }],
    ['two hashes', { 'X-A': first('hex'), 'X-B': mac('sha512', 'hex', BODY, 'the-second-key') }],
    ['a prefix', { 'X-A': first('hex'), 'X-B': `v1=${second('hex')}` }],
    ['two prefixes', { 'X-A': `v1=${first('hex')}`, 'X-B': `v1=${second('hex')}` }],
    ['another content', { 'X-A': first('hex'), 'X-B': mac('sha256', 'hex', `${URL}${BODY}`, 'the-second-key') }],
    ['other contents', { 'X-A': mac('sha256', 'hex', `${URL}${BODY}`, 'the-first-key'), 'X-B': second('hex') }],
    ['a token', { 'X-A': first('hex'), 'X-B': 'the-second-key' }],
    ['a token first', { 'X-A': 'the-first-key', 'X-B': second('hex') }],
    ['a prefix before a token', { 'X-A': 'the-first-key', 'X-B': 'Bearer the-second-key' }],
    ['another vendor’s header', { 'X-A': first('hex'), 'Linear-Signature': second('hex') }],
  ])('does not take %s for AgilePoint', async (_, headers) => {
    const secrets = ['the-first-key', 'the-second-key', 'the-third-key']
    const inferences = await infer({ headers, body: BODY, url: URL }, secrets)
    expect(inferences.length).toBeGreaterThan(0)
    for (const { adapterOptions } of inferences) expect(adapterOptions).toBeUndefined()
  })

  it('does not take one secret that is given twice for two', async () => {
    const inferences = await infer({ headers: { 'X-A': SECRET }, body: BODY }, [SECRET, SECRET])
    expect(inferences.map(({ adapterOptions }) => adapterOptions)).toEqual([undefined, undefined])
  })

  it.each([
    ['hmac', 'sha512', { 'X-A': second('hex', 'sha512'), 'X-B': first('hex', 'sha512') }, 'X-B', 'X-A'],
    ['hmac', 'sha1', { 'X-A': first('hex', 'sha1'), 'X-B': second('hex', 'sha1') }, 'X-A', 'X-B'],
    ['token', undefined, { 'X-A': 'the-second-key', 'X-B': 'the-first-key' }, 'X-B', 'X-A'],
  ])('knows AgilePoint in mode %s, with %s', async (mode, hash, headers, primary, secondary) => {
    const inferences = await infer({ headers: headers as never, body: BODY }, ['the-first-key', 'the-second-key'])
    const options = { headers: { primary, secondary }, mode, ...(hash !== undefined && { hash, encoding: 'hex' }) }
    expect(inferences.map(({ adapterOptions }) => adapterOptions)).toEqual(
      Array(2).fill({ provider: 'agilepoint', options }),
    )
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
