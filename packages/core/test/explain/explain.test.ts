import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { engine } from '#mac'
import { explain } from '../../src/explain.js'
import { keyring, secret } from '../../src/index.js'
import { plainVendor, slottedVendor, stampedVendor } from '../vendors.js'

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const BODY = '{"id":1,"name":"Zoë"}'
const hmac = (key: string, content: string) => createHmac('sha256', key).update(content).digest('hex')
const signed = (content: string, key = SECRET) => ({ 'X-Acme-Signature': hmac(key, content) })
const at = { now: NOW }

/** The codes of the findings. */
async function codes(...args: Parameters<typeof explain>): Promise<readonly string[]> {
  return (await explain(...args)).map(({ code }) => code)
}

describe('a delivery that verifies', () => {
  it('has no finding', async () => {
    expect(await explain(plainVendor(), SECRET, { headers: signed(BODY), body: BODY }, at)).toEqual([])
  })

  it.each([
    ['staged', { activeFrom: NOW + 1 }],
    ['retiring', { retireFrom: NOW - 1, notAfter: NOW + 1 }],
  ])('has none with a key that is %s', async (_, dates) => {
    const ring = keyring([{ id: 'january', secret: SECRET, ...dates }])
    expect(await explain(plainVendor(), ring, { headers: signed(BODY), body: BODY }, at)).toEqual([])
  })

  it.each([
    ['a map of the web', new Headers(signed(BODY))],
    ['entries', Object.entries(signed(BODY))],
    ['entries that can be read once', Object.entries(signed(BODY)).values()],
    ['lists', { 'x-acme-signature': [hmac(SECRET, BODY)] }],
    [
      'what can only be asked',
      { get: (name: string) => (/^x-acme-signature$/i.test(name) ? hmac(SECRET, BODY) : null) },
    ],
  ])('has none with headers that are %s', async (_, headers) => {
    expect(await explain(plainVendor(), SECRET, { headers, body: BODY }, at)).toEqual([])
  })
})

describe('a finding', () => {
  it('names the key, is proven, and says what to do', async () => {
    const ring = keyring([{ id: 'january', secret: SECRET, notAfter: NOW - 4 * 60_000 }])
    expect(await explain(plainVendor(), ring, { headers: signed(BODY), body: BODY }, at)).toEqual([
      {
        code: 'key-expired',
        summary: "Key 'january' would fit had it not expired 4 minutes ago.",
        fix: expect.stringContaining('Finish the change of keys at the vendor'),
        keyId: 'january',
        certain: true,
      },
    ])
  })

  it('is found in headers of any form', async () => {
    const other = Object.entries({ 'X-Other': hmac(SECRET, BODY) })
    for (const headers of [new Headers(other), other, other.values(), new Map(other)]) {
      expect(await codes(plainVendor(), SECRET, { headers, body: BODY }, at)).toEqual(['other-header'])
    }
  })

  it('of headers that can only be asked is about those that the scheme reads', async () => {
    const get = (name: string) => (name.toLowerCase() === 'x-acme-signature' ? hmac(SECRET, BODY).toUpperCase() : null)
    expect(await codes(plainVendor(), SECRET, { headers: { get }, body: BODY }, at)).toEqual(['digest-case'])
  })

  it('tells of both slots what is wrong with both, once', async () => {
    const headers = {
      'X-Acme-primary': hmac('secret-of-second', BODY),
      'X-Acme-secondary': hmac('secret-of-first', BODY),
    }
    const keys = { primary: 'secret-of-first', secondary: 'secret-of-second' }
    expect(await codes(slottedVendor(), keys as never, { headers, body: BODY }, at)).toEqual(['other-slot'])
  })

  it('is about the own header, where another vendor’s holds the same signature', async () => {
    const headers = { ...signed(BODY), 'X-Hub-Signature-256': `sha256=${hmac(SECRET, BODY)}` }
    expect(await codes(plainVendor(), SECRET, { headers, body: `${BODY}\n` }, at)).toEqual(['body-newline'])
    const ring = keyring([{ id: 'january', secret: SECRET, notAfter: NOW - 1 }])
    expect(await codes(plainVendor(), ring, { headers, body: BODY }, at)).toEqual(['key-expired'])
  })

  it('says that a stamp is off by a time zone', async () => {
    const stamp = String(NOW / 1000 + 2 * 3600)
    const headers = { ...signed(`${stamp}.${BODY}`), 'X-Acme-Timestamp': stamp }
    const [finding] = await explain(stampedVendor(), SECRET, { headers, body: BODY }, at)
    expect(finding).toMatchObject({ code: 'clock-skew', fix: expect.stringContaining('local time') })
    expect(finding?.summary).toContain('2 hours ahead of this clock')
  })

  it('allows what the verifier allows', async () => {
    const stamp = String(NOW / 1000 - 500)
    const headers = { ...signed(`${stamp}.${BODY}`), 'X-Acme-Timestamp': stamp }
    const asked = [stampedVendor(), SECRET, { headers, body: BODY }] as const
    expect(await codes(...asked, at)).toEqual(['clock-skew'])
    expect(await codes(...asked, { ...at, toleranceSeconds: 600 })).toEqual([])
  })

  it('of a body that is too large is that alone', async () => {
    const body = 'x'.repeat(100)
    const delivery = { headers: signed(body), body }
    expect(await codes(plainVendor(), SECRET, delivery, { ...at, maxBodyBytes: 99 })).toEqual(['body-too-large'])
    expect(await codes(plainVendor(), SECRET, delivery, { ...at, maxBodyBytes: 100 })).toEqual([])
  })

  it('says that no key can be used, where none would do', async () => {
    const ring = keyring([{ id: 'january', secret: SECRET, revokedAt: NOW }])
    expect(await codes(plainVendor(), ring, { headers: signed(BODY), body: '{}' }, at)).toEqual(['no-usable-key'])
  })

  it('says that a verifier refuses a secret which fits', async () => {
    expect(
      await codes(plainVendor(), ' kept-as-it-is', { headers: signed(BODY, ' kept-as-it-is'), body: BODY }, at),
    ).toEqual(['secret-white-space'])
    expect(await codes(plainVendor(), 'short', { headers: signed(BODY, 'short'), body: BODY }, at)).toEqual([
      'secret-too-short',
    ])
  })
})

describe('what is the caller’s', () => {
  it.each([
    ['no-keys', [] as never],
    ['keys-invalid', {} as never],
    ['secret-malformed', ''],
  ])('is thrown: %s', async (code, keys) => {
    await expect(explain(plainVendor(), keys, { headers: {}, body: BODY }, at)).rejects.toMatchObject({ code })
  })

  it('is thrown: a budget without a MAC', async () => {
    const asked = explain(plainVendor(), SECRET, { headers: {}, body: BODY }, { maxMacs: 0 })
    await expect(asked).rejects.toMatchObject({ code: 'option-invalid' })
  })

  it('is thrown: headers that cannot be read', async () => {
    const headers = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('gone')
        },
      },
    )
    const asked = explain(plainVendor(), SECRET, { headers, body: BODY }, at)
    await expect(asked).rejects.toMatchObject({ code: 'headers-unreadable' })
  })
})

describe('the budget', () => {
  const ring = keyring(Array.from({ length: 16 }, (_, index) => ({ id: `key-${index}`, secret: `${SECRET}-${index}` })))
  const forged = { headers: signed('another'), body: '{"a":[1,"é/\\u00e9"],"b":{}}\n' }

  it('is kept, and told of when it was not enough', async () => {
    const macs = vi.spyOn(engine, 'mac')
    for (const maxMacs of [1, 17, 500]) {
      macs.mockClear()
      const findings = await explain(plainVendor(), ring, forged, { ...at, maxMacs })
      // Beside those of the verifier, one for each key, and what `createVerifier` asks of a provider.
      expect(macs.mock.calls.length).toBeLessThanOrEqual(maxMacs + 16)
      expect(findings.map(({ code }) => code)).toEqual(['nothing-matched', 'budget-reached'])
    }
    macs.mockRestore()
  })

  it('is smaller for large bodies, and enough for each single mistake', async () => {
    const macs = vi.spyOn(engine, 'mac')
    const body = JSON.stringify({ text: 'é/'.repeat(150_000), list: [1, 2] })
    const findings = await explain(plainVendor(), ring, { headers: signed(body, 'another'), body }, at)
    const calls = macs.mock.calls.length
    macs.mockRestore()
    expect(findings.map(({ code }) => code)).toEqual(['nothing-matched', 'budget-reached'])
    expect(calls).toBeLessThan(700)
    const indented = JSON.stringify(JSON.parse(body), undefined, '\t')
    expect(await codes(plainVendor(), SECRET, { headers: signed(indented), body }, at)).toEqual(['body-reserialised'])
  })

  it('is not told of when all was tried', async () => {
    expect(await codes(plainVendor(), SECRET, forged, at)).toEqual(['nothing-matched'])
  })

  it('is not spent further once a reading fits', async () => {
    const macs = vi.spyOn(engine, 'mac')
    const spent = async (maxMacs?: number) => {
      macs.mockClear()
      const found = await codes(plainVendor(), SECRET, { headers: signed(`${BODY}\n`), body: BODY }, { ...at, maxMacs })
      return { found, calls: macs.mock.calls.length }
    }
    const whole = await spent()
    expect(whole.found).not.toContain('nothing-matched')
    let least = 1
    while ((await spent(least)).found.includes('nothing-matched')) least += 1
    expect(whole).toEqual(await spent(least))
    macs.mockRestore()
  })

  it('is not spent on parts of another hash', async () => {
    const cut = createHmac('sha512', SECRET).update(BODY).digest('hex').slice(0, 48)
    const headers = { 'X-Acme-Signature': cut, 'X-Trace': 'ab'.repeat(64) }
    expect(await codes(plainVendor(), SECRET, { headers, body: BODY }, at)).toContain('nothing-matched')
  })

  it('is not spent on a hash of which no header can hold a MAC', async () => {
    const macs = vi.spyOn(engine, 'mac')
    const headers = { 'X-Acme-Signature': 'ab'.repeat(64) }
    expect(await codes(plainVendor(), SECRET, { headers, body: BODY }, at)).toContain('nothing-matched')
    const made: string[] = await Promise.all(macs.mock.results.map(({ value }) => value))
    expect(new Set(made.map(({ length }) => length))).toEqual(new Set([128]))
    macs.mockRestore()
  })

  it('is not spent where no header can hold a MAC', async () => {
    const macs = vi.spyOn(engine, 'mac')
    const headers = { 'X-Acme-Signature': 'nothing of the kind' }
    expect(await codes(plainVendor(), ring, { headers, body: BODY }, at)).toEqual([
      'signature-malformed',
      'nothing-matched',
    ])
    expect(macs).not.toHaveBeenCalled()
    macs.mockRestore()
  })
})

describe('hostile deliveries', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'sha256=',
      'v1,',
      hmac(SECRET, 'x'),
      '1767225600',
      '__proto__',
      '{"__proto__":{"a":1}}',
      '[[[[',
      'a=b&c=%zz',
    ),
  )
  const lines = fc.array(texts, { maxLength: 6 }).map((parts) => parts.join(''))

  it('never throw, and give a finding each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(lines, lines)), lines, lines, async (others, signature, body) => {
        const headers = [...others, ['X-Acme-Signature', signature]] as [string, string][]
        const findings = await explain(plainVendor(), SECRET, { headers, body }, { ...at, maxMacs: 50 })
        expect(findings.length).toBeGreaterThan(0)
        for (const { summary, fix, code } of findings) expect([summary, fix, code]).not.toContain('')
        expect(JSON.stringify(findings)).not.toContain(SECRET)
      }),
      { numRuns: 300 },
    )
  })

  it('that are deep, long or odd end soon', async () => {
    const bodies = [
      '['.repeat(200_000),
      '{"a":'.repeat(50_000),
      `"${'\\u0041'.repeat(100_000)}`,
      '\n'.repeat(500_000),
      'a=&'.repeat(200_000),
    ]
    for (const body of bodies) {
      expect(await codes(plainVendor(), SECRET, { headers: signed('x'), body }, { ...at, maxMacs: 20 })).toContain(
        'nothing-matched',
      )
    }
  })
})

describe('what is shown', () => {
  it('holds no control character of the sender’s', async () => {
    const headers = { 'X-\u001b[31m': hmac(SECRET, BODY), '\u0007': 'x', 'X-Acme-Signature': '\u001b[2J' }
    const body = `\u001b=${encodeURIComponent(BODY)}`
    const delivery = { headers, body }
    const printed = JSON.stringify(await explain(plainVendor(), SECRET, delivery, at))
    expect(printed).not.toContain('u001b')
    expect(printed).not.toContain('\u001b')
  })
})

describe('secrets', () => {
  it('stand in no finding, however it is printed', async () => {
    const keys = [
      secret('0123456789abcdef0123456789abcdef', { encoding: 'hex' }),
      'whsec_dGhlLXNlY3JldC1vZi1hbGw=',
      'live_the-secret-itself',
    ]
    const headers = { 'X-Acme-Signature': 'live_the-secret-itself', 'X-Token': 'the-secret-itself' }
    const findings = await explain(plainVendor(), keys, { headers, body: BODY }, at)
    expect(findings[0]?.code).toBe('token-mode')
    const printed = JSON.stringify(findings) + inspect(findings, { depth: 9, showHidden: true })
    for (const text of ['0123456789', 'dGhlLXNl', 'the-secret-itself', 'live_']) expect(printed).not.toContain(text)
  })

  it('nor does the MAC that was expected', async () => {
    const findings = await explain(plainVendor(), SECRET, { headers: signed(BODY, 'another-secret'), body: BODY }, at)
    expect(JSON.stringify(findings)).not.toContain(hmac(SECRET, BODY))
  })
})
