import { describe, expect, it } from 'vitest'
import { bytesOf, contentReadings } from '../../src/explain/readings/content-readings.js'
import { readSubject } from '../../src/explain/subject.js'
import type { Provider } from '../../src/index.js'
import { plainVendor, stampedVendor, tokenVendor } from '../vendors.js'

const STAMP = '1767225600'
const SIGNATURE = { 'X-Acme-Signature': 'ab'.repeat(32) }

/** What may be signed around the body `B`, the likely first: the text of it, and what would be said. */
function readings(provider: Provider, headers: Record<string, string>, more: object = {}): string {
  const subject = readSubject(provider, { headers: { ...SIGNATURE, ...headers }, body: 'B', ...more })
  const lines = contentReadings(subject).map(({ deviation, parts, stamp }) => {
    const content = Buffer.concat((parts(new TextEncoder().encode('B')) ?? []).map(bytesOf)).toString('latin1')
    const said = deviation === undefined ? 'as expected' : `${deviation.code} ${deviation.summary}`
    return `${content}${stamp === undefined ? '' : ` at ${stamp}`}: ${said}`
  })
  return `\n${lines.join('\n')}\n`
}

/** As Standard Webhooks. */
function identified(): Provider {
  return plainVendor(
    {},
    {
      id: { header: 'X-Acme-Id' },
      timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
      signed: ({ id, timestamp, body }) => {
        if (id.includes('.')) throw new Error('no id')
        return [`${id}.${timestamp}.`, body]
      },
    },
  )
}

describe('what is signed may be', () => {
  it('an id that stands in another header, also where no timestamp is signed', () => {
    const withId = plainVendor({}, { id: { header: 'X-Acme-Id' }, signed: ({ id, body }) => [`${id}.`, body] })
    expect(readings(withId, { 'X-Request-Id': 'm' }).split('\n')[1]).toBe(
      'm.B: other-header with the id of the header X-Request-Id, where X-Acme-Id is expected',
    )
    expect(readings(withId, { 'X-Acme-Id': 'm' }).split('\n')[1]).toBe('m.B: as expected')
  })

  it('what is expected, with an id that is none: then the forms are to be compared', () => {
    const headers = { ...SIGNATURE, 'X-Acme-Id': 'a.b', 'X-Acme-Timestamp': STAMP }
    const subject = readSubject(identified(), { headers, body: 'B' })
    const fixes = contentReadings(subject).flatMap(({ deviation }) =>
      deviation?.code === 'signature-form' ? [deviation.fix] : [],
    )
    expect(fixes).toEqual(["Compare the id and the timestamp with the forms in the adapter's README."])
  })

  it('the body alone, and others where the headers have what they need', () => {
    expect(readings(plainVendor(), {})).toMatchInlineSnapshot(`
      "
      B: as expected
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <body>
      "
    `)
    expect(readings(plainVendor(), { 'X-Time': STAMP, 'X-Request-Id': 'm' })).toMatchInlineSnapshot(`
      "
      B: as expected
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content, where this provider signs <body>
      m.1767225600.B at 1767225600: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <body>
      m1767225600B at 1767225600: signed-content with <id><timestamp><body> as the signed content, where this provider signs <body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <body>
      "
    `)
    const asked = { url: 'https://a/', method: 'PUT' }
    expect(readings(plainVendor(), {}, asked)).toMatchInlineSnapshot(`
      "
      B: as expected
      https://a/B: signed-content with <url><body> as the signed content, where this provider signs <body>
      PUThttps://a/B: signed-content with <method><url><body> as the signed content, where this provider signs <body>
      "
    `)
  })

  it('of another stamp, or of another form of it', () => {
    expect(readings(stampedVendor(), { 'X-Acme-Timestamp': STAMP })).toMatchInlineSnapshot(`
      "
      1767225600.B at 1767225600: as expected
      1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <timestamp>.<body>
      .1767225600.B at 1767225600: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp>.<body>
      "
    `)
    expect(readings(stampedVendor(), { 'X-Acme-Timestamp': `${STAMP}000` })).toMatchInlineSnapshot(`
      "
      1767225600000.B at 1767225600000: as expected
      1767225600.B at 1767225600: timestamp-unit with the timestamp in seconds in the signed content: it was rewritten on the way
      2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <timestamp>.<body>
      .1767225600000.B at 1767225600000: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600000B at 1767225600000: signed-content with <timestamp><body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600000:B at 1767225600000: signed-content with <timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      v0:1767225600000:B at 1767225600000: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      B1767225600000 at 1767225600000: signed-content with <body><timestamp> as the signed content, where this provider signs <timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp>.<body>
      "
    `)
    expect(readings(stampedVendor(), { 'X-Time': STAMP })).toMatchInlineSnapshot(`
      "
      1767225600.B at 1767225600: other-header with the timestamp of the header X-Time, where X-Acme-Timestamp is expected
      1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <timestamp>.<body>
      .1767225600.B at 1767225600: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp>.<body>
      "
    `)
    expect(readings(stampedVendor(), {})).toMatchInlineSnapshot(`
      "
      B: signed-content with <body> as the signed content, where this provider signs <timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp>.<body>
      "
    `)
    expect(readings(stampedVendor('auto'), { 'X-Acme-Timestamp': '2026-01-01T00:00:00Z' })).toMatchInlineSnapshot(`
      "
      2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: as expected
      1767225600.B at 1767225600: timestamp-unit with the timestamp in seconds in the signed content: it was rewritten on the way
      1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <timestamp>.<body>
      .2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <timestamp>.<body>
      2026-01-01T00:00:00ZB at 2026-01-01T00:00:00Z: signed-content with <timestamp><body> as the signed content, where this provider signs <timestamp>.<body>
      2026-01-01T00:00:00Z:B at 2026-01-01T00:00:00Z: signed-content with <timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      v0:2026-01-01T00:00:00Z:B at 2026-01-01T00:00:00Z: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <timestamp>.<body>
      B2026-01-01T00:00:00Z at 2026-01-01T00:00:00Z: signed-content with <body><timestamp> as the signed content, where this provider signs <timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp>.<body>
      "
    `)
  })

  it('of another id', () => {
    const stamp = { 'X-Acme-Timestamp': STAMP }
    expect(readings(identified(), { ...stamp, 'X-Acme-Id': 'm' })).toMatchInlineSnapshot(`
      "
      m.1767225600.B at 1767225600: as expected
      m.1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <id>.<timestamp>.<body>
      m1767225600B at 1767225600: signed-content with <id><timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      "
    `)
    expect(readings(identified(), { ...stamp, 'Webhook-Id': 'm' })).toMatchInlineSnapshot(`
      "
      m.1767225600.B at 1767225600: other-header with the id of the header Webhook-Id, where X-Acme-Id is expected
      m.1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <id>.<timestamp>.<body>
      m1767225600B at 1767225600: signed-content with <id><timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      "
    `)
    expect(readings(identified(), { ...stamp, 'X-Acme-Id': 'a.b' })).toMatchInlineSnapshot(`
      "
      B: signed-content with <body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      a.b.1767225600.B at 1767225600: signature-form if this provider took such an id and timestamp: what is signed is <id>.<timestamp>.<body>, as it expects
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <id>.<timestamp>.<body>
      a.b1767225600B at 1767225600: signed-content with <id><timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      "
    `)
    expect(readings(identified(), { ...stamp, 'X-Id': 'm'.repeat(129) })).not.toContain('mmm')
    expect(readings(identified(), { 'X-Time': STAMP, 'X-Id': 'm' })).toMatchInlineSnapshot(`
      "
      m.1767225600.B at 1767225600: other-header with the timestamp of the header X-Time, where X-Acme-Timestamp is expected, and the id of the header X-Id, where X-Acme-Id is expected
      m.1767225600000.B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00.000Z.B at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      m.2026-01-01T00:00:00Z.B at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content, where this provider signs <id>.<timestamp>.<body>
      m1767225600B at 1767225600: signed-content with <id><timestamp><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <id>.<timestamp>.<body>
      "
    `)
  })

  it('of the id of Standard Webhooks before any other, and of none that is no id', () => {
    const stamp = { 'X-Time': STAMP }
    const among = (headers: Record<string, string>) => readings(plainVendor(), { ...stamp, ...headers })
    const both = among({ 'X-Id': 'other', 'WEBHOOK-ID': 'm' })
    expect(both).toContain(`\nm.${STAMP}.B `)
    expect(both).not.toContain('other')
    expect(among({ Id: 'm' })).toContain(`\nm.${STAMP}.B `)
    expect(among({ 'X-Id': 'm'.repeat(128) })).toContain(`m.${STAMP}.B `)
    for (const name of ['X-Identity', 'X-Paid']) expect(among({ [name]: 'm' })).not.toContain(`\nm.${STAMP}.B `)
    expect(readings(identified(), { ...stamp, 'X-Id': 'other', 'x-acme-ID': 'm' })).toContain(`\nm.${STAMP}.B `)
  })

  it('what the provider signs of the request', () => {
    const provider = plainVendor({}, { signed: ({ method, url, body }) => [method, ' ', url, body] })
    expect(readings(provider, {})).toContain('where this provider signs <method> <url><body>')
  })

  it('nothing that is expected, where a token is', () => {
    expect(readings(tokenVendor(), { 'X-Time': STAMP })).toMatchInlineSnapshot(`
      "
      B: as expected
      1767225600.B at 1767225600: signed-content with <timestamp>.<body> as the signed content
      .1767225600.B at 1767225600: signed-content with <id>.<timestamp>.<body> as the signed content
      1767225600B at 1767225600: signed-content with <timestamp><body> as the signed content
      1767225600:B at 1767225600: signed-content with <timestamp>:<body> as the signed content
      v0:1767225600:B at 1767225600: signed-content with v0:<timestamp>:<body> as the signed content
      B1767225600 at 1767225600: signed-content with <body><timestamp> as the signed content
      POSTB: signed-content with <method><url><body> as the signed content
      "
    `)
  })

  it('beside a signature in another header', () => {
    const headers = { 'X-Acme-Signature': '', 'X-Other': `t=${STAMP},v1=${'ab'.repeat(32)}` }
    expect(readings(plainVendor(), headers)).toContain(`${STAMP}.B at ${STAMP}: signed-content`)
  })

  it('no stamp that the provider’s own parser throws at', () => {
    const parse = () => {
      throw new Error('no stamp of ours')
    }
    const provider = plainVendor(
      {},
      {
        timestamp: { header: 'X-Acme-Timestamp', unit: 'ms', parse },
        signed: ({ timestamp, body }) => [timestamp, body],
      },
    )
    expect(readings(provider, { 'X-Time': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toMatchInlineSnapshot(`
      "
      Thu, 01 Jan 2026 00:00:00 GMTB at Thu, 01 Jan 2026 00:00:00 GMT: timestamp-unit with the timestamp taken as it stands, as a date, which is not what this provider sends
      1767225600B at 1767225600: timestamp-unit with the timestamp in seconds in the signed content: it was rewritten on the way
      1767225600000B at 1767225600000: timestamp-unit with the timestamp in milliseconds in the signed content: it was rewritten on the way
      2026-01-01T00:00:00.000ZB at 2026-01-01T00:00:00.000Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      2026-01-01T00:00:00ZB at 2026-01-01T00:00:00Z: timestamp-unit with the timestamp as a date in the signed content: it was rewritten on the way
      B: signed-content with <body> as the signed content, where this provider signs <timestamp><body>
      Thu, 01 Jan 2026 00:00:00 GMT.B at Thu, 01 Jan 2026 00:00:00 GMT: signed-content with <timestamp>.<body> as the signed content, where this provider signs <timestamp><body>
      .Thu, 01 Jan 2026 00:00:00 GMT.B at Thu, 01 Jan 2026 00:00:00 GMT: signed-content with <id>.<timestamp>.<body> as the signed content, where this provider signs <timestamp><body>
      Thu, 01 Jan 2026 00:00:00 GMT:B at Thu, 01 Jan 2026 00:00:00 GMT: signed-content with <timestamp>:<body> as the signed content, where this provider signs <timestamp><body>
      v0:Thu, 01 Jan 2026 00:00:00 GMT:B at Thu, 01 Jan 2026 00:00:00 GMT: signed-content with v0:<timestamp>:<body> as the signed content, where this provider signs <timestamp><body>
      BThu, 01 Jan 2026 00:00:00 GMT at Thu, 01 Jan 2026 00:00:00 GMT: signed-content with <body><timestamp> as the signed content, where this provider signs <timestamp><body>
      POSTB: signed-content with <method><url><body> as the signed content, where this provider signs <timestamp><body>
      "
    `)
  })
})
