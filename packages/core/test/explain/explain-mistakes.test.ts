import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { explain, type Finding } from '../../src/explain.js'
import { defineProvider, type Provider } from '../../src/index.js'
import { plainVendor, stampedVendor, tokenVendor } from '../vendors.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const STAMP = String(NOW / 1000)
const BODY = '{"id":1}'
const hmac = (content: string, key = SECRET) => createHmac('sha256', key).update(content).digest('hex')

interface Sent {
  readonly headers: Record<string, string> | readonly (readonly [string, string])[]
  readonly body?: string
}

function explained(provider: Provider, { headers, body = BODY }: Sent): Promise<readonly Finding[]> {
  return explain(provider, SECRET, { headers: headers as never, body }, { now: NOW })
}

async function codes(provider: Provider, sent: Sent): Promise<readonly string[]> {
  return (await explained(provider, sent)).map(({ code }) => code)
}

/** As Standard Webhooks, whose id may hold no dot. */
function identifiedVendor(): Provider {
  return plainVendor(
    {},
    {
      id: { header: 'webhook-id' },
      timestamp: { header: 'webhook-timestamp', unit: 's' },
      signed: ({ id, timestamp, body }) => {
        if (id.includes('.')) throw new Error('no id')
        return [`${id}.${timestamp}.`, body]
      },
    },
  )
}

describe('a header that came twice, with two values', () => {
  const right = hmac(BODY)
  const wrong = hmac(BODY, 'another-secret-altogether')

  it.each([
    ['the right one first', [right, wrong]],
    ['the right one last', [wrong, right]],
    ['beside what is no signature', [right, 'nothing of the kind']],
  ])('is said to be there more than once: %s', async (_, values) => {
    const headers = values.map((value) => ['X-Acme-Signature', value] as const)
    const [finding, ...others] = await explained(plainVendor(), { headers })
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'signature-repeated', certain: true })
  })

  it('is, too, with a token', async () => {
    const headers = [SECRET, 'another-secret-altogether'].map((value) => ['X-Acme-Token', value] as const)
    expect(await codes(tokenVendor(), { headers })).toEqual(['signature-repeated'])
    expect(await codes(tokenVendor(), { headers: [...headers].reverse() })).toEqual(['signature-repeated'])
  })

  it('is not what is wrong with another separator than the scheme’s', async () => {
    const signature = { header: 'X-Acme-Signature', encoding: 'hex', separator: ',' } as const
    const headers = { 'X-Acme-Signature': `${wrong}; ${right}` }
    expect(await codes(plainVendor({}, { signature }), { headers })).toEqual(['signature-form'])
  })
})

describe('what is signed', () => {
  it('is found with an id, where the scheme reads none', async () => {
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': STAMP,
      'X-Acme-Signature': hmac(`msg_1.${STAMP}.${BODY}`),
    }
    const [finding] = await explained(plainVendor(), { headers })
    expect(finding).toMatchObject({
      code: 'signed-content',
      summary: expect.stringContaining('<id>.<timestamp>.<body>'),
    })
  })

  it('is all that is wrong, where what the scheme reads beside it is missing', async () => {
    expect(await codes(identifiedVendor(), { headers: { 'X-Acme-Signature': hmac(BODY) } })).toEqual(['signed-content'])
    expect(await codes(stampedVendor(), { headers: { 'X-Acme-Signature': hmac(BODY) } })).toEqual(['signed-content'])
  })

  it('is not said to be another content where it is that of the scheme', async () => {
    const headers = {
      'webhook-id': 'a.b',
      'webhook-timestamp': STAMP,
      'X-Acme-Signature': hmac(`a.b.${STAMP}.${BODY}`),
    }
    const findings = await explained(identifiedVendor(), { headers })
    expect(findings.map(({ code }) => code)).toEqual(['signature-form'])
    expect(findings[0]?.summary).not.toContain('stands in it')
  })

  it('is found with a stamp or an id in another header', async () => {
    const renamed = { 'X-Time': STAMP, 'X-Acme-Signature': hmac(`${STAMP}.${BODY}`) }
    const [stamp, ...noMore] = await explained(stampedVendor(), { headers: renamed })
    expect(noMore).toEqual([])
    expect(stamp).toMatchObject({
      code: 'other-header',
      summary: expect.stringContaining('the timestamp of the header X-Time, where X-Acme-Timestamp is expected'),
    })
    const headers = { 'x-id': 'm', 'webhook-timestamp': STAMP, 'X-Acme-Signature': hmac(`m.${STAMP}.${BODY}`) }
    const [id, ...others] = await explained(identifiedVendor(), { headers })
    expect(others).toEqual([])
    expect(id).toMatchObject({
      code: 'other-header',
      summary: expect.stringContaining('the id of the header x-id, where webhook-id is expected'),
    })
  })

  it('is looked for with stamps that the scheme’s own parser throws at', async () => {
    const parse = () => {
      throw new Error('no stamp of ours')
    }
    const provider = plainVendor(
      {},
      {
        timestamp: { header: 'X-Acme-Timestamp', unit: 'auto', parse },
        signed: ({ timestamp, body }) => [timestamp, body],
      },
    )
    const headers = { 'X-Acme-Timestamp': '2026-01-01T00:00:00Z', 'X-Acme-Signature': hmac('another') }
    expect(await codes(provider, { headers })).toContain('nothing-matched')
  })

  it('is found with a stamp that was rewritten from a date without milliseconds', async () => {
    const headers = { 'X-Acme-Timestamp': STAMP, 'X-Acme-Signature': hmac(`2026-01-01T00:00:00Z.${BODY}`) }
    const [finding] = await explained(stampedVendor(), { headers })
    expect(finding).toMatchObject({
      code: 'timestamp-unit',
      summary: expect.stringContaining('the timestamp as a date in the signed content'),
    })
  })
})

describe('a header that is too long', () => {
  it('is there, and said to be too long', async () => {
    const headers = { 'X-Acme-Signature': hmac(BODY).repeat(200) }
    const [finding] = await explained(plainVendor(), { headers })
    expect(finding).toMatchObject({ code: 'signature-malformed', certain: true })
    expect(finding?.summary).toContain('X-Acme-Signature of more than 8192 characters')
  })
})

describe('headers without number', () => {
  it('do not hide the signature: neither other headers, nor what looks like signatures in them', async () => {
    const many = Array.from({ length: 250 }, (_, index) => [`X-${index}`, hmac(`${index}`)])
    const headers = Object.fromEntries([...many, ['X-Acme-Signature', hmac(BODY).toUpperCase()]])
    expect(await codes(plainVendor(), { headers })).toEqual(['digest-case'])
  })
})

describe('a body that is empty', () => {
  it('was not read by a parser where it was sent so', async () => {
    const headers = { 'Content-Length': '0', 'X-Acme-Signature': hmac(BODY) }
    expect(await codes(plainVendor(), { headers, body: '' })).toEqual(['nothing-matched'])
  })

  it('is what a parser made {} of', async () => {
    const [finding] = await explained(plainVendor(), { headers: { 'X-Acme-Signature': hmac('') }, body: '{}' })
    expect(finding).toMatchObject({ code: 'body-reserialised', summary: expect.stringContaining('empty') })
  })
})

describe('a field of a form', () => {
  it.each(['\u009b31m', '\u202e', '\u2028'])('is shown by no name that changes what is read: %j', async (mark) => {
    const body = new URLSearchParams([[`a${mark}b`, BODY]]).toString()
    const [finding] = await explained(plainVendor(), { headers: { 'X-Acme-Signature': hmac(BODY) }, body })
    expect(finding?.code).toBe('body-form')
    expect(finding?.summary).not.toContain(mark)
  })

  it('is shown by its name', async () => {
    const body = new URLSearchParams([['payload', BODY]]).toString()
    const [finding] = await explained(plainVendor(), { headers: { 'X-Acme-Signature': hmac(BODY) }, body })
    expect(finding?.summary).toContain('"payload"')
  })
})

it('a provider that is defined here is well-formed', () => {
  defineProvider(identifiedVendor())
})
