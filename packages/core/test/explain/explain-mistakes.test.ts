import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { explain, type Finding } from '../../src/explain.js'
import { defineProvider, keyring, type Provider, secret } from '../../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from '../vendors.js'

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

describe('two signatures in one header', () => {
  const other = hmac(BODY, 'another-secret-altogether')

  it('are read in another encoding, each at its place', async () => {
    const headers = { 'X-Acme-Signature': `${other} ${hmac(BODY)}` }
    expect(await codes(listVendor(policies.overlap), { headers })).toEqual(['digest-encoding'])
  })

  it('are not read where one has the length of a signature alone', async () => {
    const right = createHmac('sha256', SECRET).update(BODY).digest('base64')
    const headers = { 'X-Acme-Signature': `${'!'.repeat(44)} ${right}` }
    expect(await codes(listVendor(policies.overlap), { headers })).toEqual(['signature-form'])
  })

  it('are not compared in their spelling where another header holds them', async () => {
    const headers = { 'X-Other': `${hmac(BODY)}, ${other.toUpperCase()}` }
    expect(await codes(plainVendor(), { headers })).toEqual(['other-header'])
  })
})

describe('a stamp that belongs beside the signature', () => {
  const provider = plainVendor(
    {},
    {
      signature: {
        header: 'X-Acme-Signature',
        encoding: 'hex',
        parse: (text) => ({
          candidates: [{ text: /v1=(\w+)/.exec(text)?.[1] ?? '' }],
          timestamp: /t=(\w+)/.exec(text)?.[1],
        }),
      },
      timestamp: { unit: 's' },
      signed: ({ timestamp, body }) => [`${timestamp}.`, body],
    },
  )

  it('makes the form of the header wrong where it is missing, or is none', async () => {
    for (const before of ['', 't=yesterday,']) {
      const headers = { 'X-Acme-Signature': `${before}v1=${hmac(BODY)}` }
      expect(await codes(provider, { headers })).toEqual(['signed-content', 'signature-form'])
    }
  })

  it('is right in whatever unit', async () => {
    const headers = { 'X-Acme-Signature': `t=${STAMP},v1=${hmac(BODY)}` }
    expect(await codes(provider, { headers })).toEqual(['signed-content'])
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

describe('several things at once', () => {
  it('are found where they are two, and not where they are three', async () => {
    const sha512 = (content: string) => createHmac('sha512', SECRET).update(content).digest('hex')
    const two = await explained(plainVendor(), { headers: { 'X-Acme-Signature': sha512(`${BODY}\n`) } })
    expect(two.slice(0, 2)).toMatchObject([
      { code: 'other-hash', together: expect.arrayContaining(['body-newline']) },
      { code: 'body-newline', together: expect.arrayContaining(['other-hash']) },
    ])
    expect(two[0]?.summary).toMatch(/, one of 3 things to mend\.$/)
    const three = { 'X-Acme-Signature': sha512(`${STAMP}.${BODY}\n`), 'X-Time': STAMP }
    expect((await codes(plainVendor(), { headers: three })).at(-1)).toBe('nothing-matched')
  })

  it('may be the place of the stamp and the clock', async () => {
    const old = String(NOW / 1000 - 400)
    const headers = { 'X-Acme-Signature': hmac(`${old}.${BODY}`), 'X-Time': old }
    expect(await codes(stampedVendor(), { headers })).toEqual(['other-header', 'clock-skew'])
    // Whatever the clock says of the stamp that stands in its place.
    expect(await codes(stampedVendor(), { headers: { ...headers, 'X-Acme-Timestamp': STAMP } })).toEqual([
      'other-header',
      'clock-skew',
    ])
  })

  it.each([
    ['the clock', String(NOW / 1000 - 400), ['body-bom', 'clock-skew']],
    ['nothing of a stamp that only the scheme can read', '999', ['body-bom']],
  ])('may be a body that the scheme cannot sign, and %s', async (_, stamp, expected) => {
    const provider = plainVendor(
      {},
      {
        timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
        signed: ({ timestamp, body }) => {
          if (body[0] === 0xef) throw new Error('no byte order mark')
          return [`${timestamp}.`, body]
        },
      },
    )
    const headers = { 'X-Acme-Timestamp': stamp, 'X-Acme-Signature': hmac(`${stamp}.${BODY}`) }
    expect(await codes(provider, { headers, body: `\ufeff${BODY}` })).toEqual(expected)
  })

  it('are not the clock, where another content is signed', async () => {
    const old = String(NOW / 1000 - 400)
    const headers = { 'X-Acme-Signature': hmac(`${old}:${BODY}`), 'X-Acme-Timestamp': old }
    expect(await codes(stampedVendor(), { headers })).toEqual(['signed-content'])
  })
})

describe('a signature that was cut', () => {
  it('is one of the hash that is expected', async () => {
    const cut = (hash: string) => createHmac(hash, SECRET).update(BODY).digest('hex').slice(0, 40)
    expect(await codes(plainVendor(), { headers: { 'X-Acme-Signature': cut('sha256') } })).toEqual(['digest-cut'])
    expect(await codes(plainVendor(), { headers: { 'X-Acme-Signature': cut('sha512') } })).toEqual([
      'signature-malformed',
      'nothing-matched',
    ])
    expect(await codes(plainVendor(), { headers: { 'X-Other': cut('sha256') } })).toEqual([
      'signature-missing',
      'nothing-matched',
    ])
  })
})

describe('a header of a vendor that is known', () => {
  it('may be the own one', async () => {
    const signature = { header: 'X-Hub-Signature-256', encoding: 'hex' } as const
    const headers = { 'x-hub-signature-256': hmac(BODY).toUpperCase() }
    expect(await codes(plainVendor({}, { signature }), { headers })).toEqual(['digest-case'])
  })

  it('may be one of two of the own ones', async () => {
    const signature = ['X-Hub-Signature-256', 'X-Acme-Signature'].map(
      (header) => ({ header, encoding: 'hex' }) as const,
    )
    const headers = { 'x-hub-signature-256': hmac(BODY).toUpperCase() }
    expect(await codes(plainVendor({}, { signature }), { headers })).toEqual(['digest-case'])
  })

  it('is told with those that are expected', async () => {
    const [finding] = await explain(
      slottedVendor(),
      { primary: SECRET },
      { headers: { 'Linear-Signature': hmac(BODY) }, body: BODY },
      { now: NOW },
    )
    expect(finding?.summary).toBe(
      "This looks like Linear: its header Linear-Signature holds what key 'primary' makes, and X-Acme-primary or X-Acme-secondary is expected.",
    )
  })
})

describe('a token', () => {
  const scheme = { kind: 'token', header: 'X-Acme-Token' } as const
  const token = (changes: object) => defineProvider({ ...tokenVendor(), scheme: { ...scheme, ...changes } })
  const of = (value: string) => ({ headers: { 'X-Acme-Token': value } })

  it('lacks the prefix that the scheme has', async () => {
    const [finding, ...others] = await explained(token({ prefix: 'v1=' }), of(SECRET))
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      code: 'digest-prefix',
      summary: "Key 'key-1' would fit with 'v1=' before the token.",
      fix: "Send 'v1=' before the token, as the scheme says, or define the provider without that prefix.",
    })
    expect(await codes(token({ prefix: 'v1=' }), of(`v1=${SECRET}`))).toEqual([])
    expect(await codes(token({ prefix: 'v1=' }), of(` v1=${SECRET}`))).not.toContain('digest-prefix')
  })

  it('is found behind the prefix that the scheme has', async () => {
    const keys = keyring([{ id: 'january', secret: SECRET, notAfter: NOW - 1 }])
    const delivery = { ...of(`v1=${SECRET}`), body: BODY }
    const findings = await explain(token({ prefix: 'v1=' }), keys, delivery, { now: NOW })
    expect(findings.map(({ code }) => code)).toEqual(['key-expired'])
  })

  it('is one of several between separators', async () => {
    const listed = token({ separator: ',', prefix: 'v1=' })
    expect(await codes(listed, of(`v1=another-token,${SECRET}`))).toEqual([])
    expect(await codes(listed, of(`v1=another-token, ${SECRET}`))).toEqual(['signature-repeated', 'header-white-space'])
  })

  it.each([
    ['Bearer  ', 'digest-prefix'],
    ['token ', 'digest-prefix'],
    ['Basic ', 'digest-prefix'],
    ['Secret ', 'digest-prefix'],
    ['x Bearer ', 'nothing-matched'],
    ['Bearer', 'nothing-matched'],
  ])('behind %j: %s', async (mark, code) => {
    expect((await codes(tokenVendor(), of(mark + SECRET))).at(-1)).toBe(code)
  })

  it('is told from what a header holds beside it, up to eight times', async () => {
    const among = (count: number) =>
      of([SECRET, ...Array.from({ length: count - 1 }, (_, at) => `other-${at}`)].join(', '))
    const [finding] = await explained(tokenVendor(), among(8))
    expect(finding?.summary).toContain('with the header once: another value stands beside the right one')
    expect(await codes(tokenVendor(), among(9))).not.toContain('signature-repeated')
    const [twice] = await explained(tokenVendor(), of(`${SECRET}, ${SECRET}`))
    expect(twice?.summary).toContain('with the header once: it came more than once')
    // Not as HTTP joins what came twice.
    expect(await codes(tokenVendor(), of(`${SECRET}; ${SECRET}`))).toEqual(['nothing-matched'])
  })

  it('and a signature of slots are expected in either header', async () => {
    const slots = ['primary', 'secondary'] as const
    const slotted = defineProvider<unknown, 'primary' | 'secondary'>({
      ...slottedVendor(),
      scheme: { kind: 'token', header: { primary: 'X-Primary', secondary: 'X-Secondary' } },
      slots,
    })
    const summary = async (provider: typeof slotted, value: string) =>
      (await explain(provider, { primary: SECRET }, { headers: { 'X-Other': value }, body: BODY }, { now: NOW }))[0]
        ?.summary
    expect(await summary(slotted, SECRET)).toContain('where X-Primary or X-Secondary is expected')
    expect(await summary(slottedVendor(), hmac(BODY))).toContain('where X-Acme-primary or X-Acme-secondary is expected')
  })

  it('stands in the header of the other slot', async () => {
    const slots = ['primary', 'secondary'] as const
    const slotted = defineProvider<unknown, 'primary' | 'secondary'>({
      ...slottedVendor(),
      scheme: { kind: 'token', header: { primary: 'X-Primary', secondary: 'X-Secondary' } },
      slots,
    })
    const keys = { primary: 'the-first-token', secondary: 'the-second-token' }
    const headers = { 'X-Primary': 'the-second-token', 'X-Secondary': 'the-first-token' }
    const findings = await explain(slotted, keys, { headers, body: BODY }, { now: NOW })
    expect(findings.map(({ code, keyId }) => [code, keyId])).toEqual([['other-slot', 'primary']])
  })

  it('of which only the bytes are known is found in no header', async () => {
    const keys = secret('00ff00ff00ff00ff', { encoding: 'hex' })
    for (const value of ['x', '']) {
      const delivery = { headers: { 'X-Acme-Token': 'x', 'X-Other': value }, body: BODY }
      const findings = await explain(tokenVendor(), keys, delivery, { now: NOW })
      expect(findings.map(({ code }) => code)).toEqual(['nothing-matched'])
    }
  })
})

describe('secrets that a verifier refuses', () => {
  const SPACED = ' kept-as-it-is'
  const delivery = { headers: { 'X-Acme-Signature': hmac(BODY, SPACED) }, body: BODY }

  it('are let in from lists and slots', async () => {
    const listed = await explain(plainVendor(), [SECRET, SPACED], delivery, { now: NOW })
    expect(listed.map(({ code }) => code)).toEqual(['secret-white-space'])
    const headers = { 'X-Acme-primary': hmac(BODY, SPACED) }
    const keys = { primary: SPACED, secondary: secret(SECRET) }
    const slotted = await explain(slottedVendor(), keys, { headers, body: BODY }, { now: NOW })
    expect(slotted.map(({ code }) => code)).toEqual(['secret-white-space'])
  })

  it.each([
    [undefined, 'no-keys'],
    [null, 'keys-invalid'],
    [7, 'keys-invalid'],
    [' ', 'secret-malformed'],
    [new Map(), 'keys-invalid'],
  ])('are none: %j', async (keys, code) => {
    await expect(explain(plainVendor(), keys as never, delivery, { now: NOW })).rejects.toMatchObject({ code })
  })
})

it('a budget is one MAC at least, and says so', async () => {
  const asked = explain(plainVendor(), SECRET, { headers: {}, body: BODY }, { maxMacs: Number.NaN })
  await expect(asked).rejects.toThrow('option-invalid: maxMacs must be 1 or more')
})

describe('a header that is too long', () => {
  it('is there, and said to be too long', async () => {
    const headers = { 'X-Acme-Signature': hmac(BODY).repeat(200) }
    const [finding] = await explained(plainVendor(), { headers })
    expect(finding).toMatchObject({ code: 'signature-malformed', certain: true })
    expect(finding?.summary).toContain('X-Acme-Signature of more than 8192 characters')
  })
})

describe('headers that are no text', () => {
  it('are passed over', async () => {
    const headers = { 'X-Other': undefined, 'X-Count': 7, 'X-Acme-Signature': hmac(BODY).toUpperCase() }
    expect(await codes(plainVendor(), { headers: headers as never })).toEqual(['digest-case'])
    const get = (name: string) => (name.toLowerCase() === 'x-acme-signature' ? hmac(BODY) : null)
    expect(await codes(stampedVendor(), { headers: { get } as never })).toEqual(['signed-content'])
  })

  it('may have names that are none, either', async () => {
    const upper = hmac(BODY).toUpperCase()
    const get = (name: string) => (name.toLowerCase() === 'x-acme-signature' ? upper : null)
    const entries = [
      [7, 'x'],
      ['X-Acme-Signature', upper],
    ]
    const headers = { get, [Symbol.iterator]: () => entries.values() }
    expect(await codes(plainVendor(), { headers: headers as never })).toEqual(['digest-case'])
  })
})

describe('headers without number', () => {
  it('do not hide the signature: neither other headers, nor what looks like signatures in them', async () => {
    const many = Array.from({ length: 250 }, (_, index) => [`X-${index}`, hmac(`${index}`)])
    const headers = Object.fromEntries([...many, ['X-Acme-Signature', hmac(BODY).toUpperCase()]])
    expect(await codes(plainVendor(), { headers })).toEqual(['digest-case'])
  })
})

describe('more than 200 headers', () => {
  it('are looked at up to that number', async () => {
    const after = (count: number) => [
      ...Array.from({ length: count }, (_, index) => [`X-${index}`, 'x'] as const),
      ['X-Other', hmac(BODY)] as const,
    ]
    expect(await codes(plainVendor(), { headers: after(199) })).toEqual(['other-header'])
    expect(await codes(plainVendor(), { headers: after(200) })).toEqual(['signature-missing', 'nothing-matched'])
  })

  it('may repeat one of the first', async () => {
    const many = Array.from({ length: 200 }, (_, index) => [`X-${index}`, 'x'] as const)
    const headers = [...many, ['x-0', hmac(BODY)] as const]
    expect(await codes(plainVendor(), { headers })).toEqual(['other-header'])
  })
})

it('what the caller writes to the body meanwhile is not what is explained', async () => {
  const sent = new TextEncoder().encode(BODY)
  let times = 0
  const provider = plainVendor(
    {},
    {
      signed: ({ body }) => {
        // First the verifier asks, then the explanation.
        if (body.length === sent.length && ++times === 2) sent.fill(0)
        return [body]
      },
    },
  )
  const headers = { 'X-Acme-Signature': hmac(`${BODY}\n`) }
  const findings = await explain(provider, SECRET, { headers, body: sent }, { now: NOW })
  expect(sent[0]).toBe(0)
  expect(findings.map(({ code }) => code)).toEqual(['body-newline'])
})

it('what would be signed is handed out as a copy', async () => {
  const [finding] = await explained(plainVendor(), { headers: { 'X-Acme-Signature': hmac(`${BODY}\n`) } })
  finding?.signedContent?.().fill(0)
  expect(new TextDecoder().decode(finding?.signedContent?.())).toBe(`${BODY}\n`)
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
