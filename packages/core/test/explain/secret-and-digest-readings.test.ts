import { describe, expect, it } from 'vitest'
import { findDigests } from '../../src/explain/readings/digest-readings.js'
import { secretReadings } from '../../src/explain/readings/secret-readings.js'
import { findStamps, otherUnits, readStamp } from '../../src/explain/readings/stamp-readings.js'
import { secret } from '../../src/index.js'

const given = (text: string) => secret(text, { verbatim: true, minBytes: 1 })

/** Each way to take a secret, the likely first: what is told, and the bytes as text, or as hex where they are none. */
function readings(text: string, made = given(text)): string {
  const lines = secretReadings(made).map(({ deviation, bytes, text: token }) => {
    const read = token === undefined ? `hex ${Buffer.from(bytes).toString('hex')}` : JSON.stringify(token)
    return `${deviation?.summary ?? 'as given'}: ${read}`
  })
  return `\n${lines.join('\n')}\n`
}

describe('a secret may be meant', () => {
  it('as text', () => {
    expect(readings('Ab-c')).toMatchInlineSnapshot(`
      "
      as given: "Ab-c"
      with a line break at the end of its secret: "Ab-c\\n"
      with its secret read as base64url: hex 01bf9c
      with 'whsec_' before the text of its secret: "whsec_Ab-c"
      with its secret in lower case: "ab-c"
      with its secret in upper case: "AB-C"
      "
    `)
  })

  it('without what stands around it', () => {
    expect(readings(' "Ab!"\n')).toMatchInlineSnapshot(`
      "
      as given: " \\"Ab!\\"\\n"
      with its secret trimmed of white space: "\\"Ab!\\""
      with its secret without the quotation marks: "Ab!"
      with a line break at the end of its secret: "\\"Ab!\\"\\n"
      with 'whsec_' before the text of its secret: "whsec_Ab!"
      with its secret in lower case: "ab!"
      with its secret in upper case: "AB!"
      "
    `)
    expect(readings('""')).toMatchInlineSnapshot(`
      "
      as given: "\\"\\""
      with a line break at the end of its secret: "\\"\\"\\n"
      with 'whsec_' before the text of its secret: "whsec_\\"\\""
      "
    `)
    expect(readings("'ab`")).toMatchInlineSnapshot(`
      "
      as given: "'ab\`"
      with a line break at the end of its secret: "'ab\`\\n"
      with 'whsec_' before the text of its secret: "whsec_'ab\`"
      with its secret in upper case: "'AB\`"
      "
    `)
    expect(readings('`ab`')).toMatchInlineSnapshot(`
      "
      as given: "\`ab\`"
      with its secret without the quotation marks: "ab"
      with a line break at the end of its secret: "\`ab\`\\n"
      with its secret read as hex: hex ab
      with 'whsec_' before the text of its secret: "whsec_ab"
      with its secret in upper case: "AB"
      "
    `)
  })

  it('as hex, or as base64', () => {
    expect(readings('00FF')).toMatchInlineSnapshot(`
      "
      as given: "00FF"
      with a line break at the end of its secret: "00FF\\n"
      with its secret read as hex: hex 00ff
      with its secret read as base64: hex d34145
      with 'whsec_' before the text of its secret: "whsec_00FF"
      with its secret in lower case: "00ff"
      "
    `)
    expect(readings('+/+/')).toMatchInlineSnapshot(`
      "
      as given: "+/+/"
      with a line break at the end of its secret: "+/+/\\n"
      with its secret read as base64: hex fbffbf
      with 'whsec_' before the text of its secret: "whsec_+/+/"
      "
    `)
    expect(readings('-_-_8A')).toMatchInlineSnapshot(`
      "
      as given: "-_-_8A"
      with a line break at the end of its secret: "-_-_8A\\n"
      with its secret read as base64url: hex fbffbff0
      with 'whsec_' before the text of its secret: "whsec_-_-_8A"
      with its secret in lower case: "-_-_8a"
      "
    `)
    expect(readings('8PD===')).toMatchInlineSnapshot(`
      "
      as given: "8PD==="
      with a line break at the end of its secret: "8PD===\\n"
      with its secret without what stands before its first '=': "=="
      with 'whsec_' before the text of its secret: "whsec_8PD==="
      with its secret in lower case: "8pd==="
      "
    `)
  })

  it('with or without a prefix', () => {
    expect(readings('a long text, cut nowhere')).toMatchInlineSnapshot(`
      "
      as given: "a long text, cut nowhere"
      with a line break at the end of its secret: "a long text, cut nowhere\\n"
      with 'whsec_' before the text of its secret: "whsec_a long text, cut nowhere"
      with its secret in upper case: "A LONG TEXT, CUT NOWHERE"
      "
    `)
    expect(readings('whsec_8PDw')).toMatchInlineSnapshot(`
      "
      as given: "whsec_8PDw"
      with a line break at the end of its secret: "whsec_8PDw\\n"
      with its secret read as base64url: hex c21b1e73ff0f0f
      with its secret without the prefix 'whsec_': "8PDw"
      with its secret without the prefix 'whsec_', read as base64: hex f0f0f0
      with 'whsec_' before the text of its secret: "whsec_whsec_8PDw"
      with its secret in lower case: "whsec_8pdw"
      with its secret in upper case: "WHSEC_8PDW"
      "
    `)
    expect(readings('v1,00ff')).toMatchInlineSnapshot(`
      "
      as given: "v1,00ff"
      with a line break at the end of its secret: "v1,00ff\\n"
      with its secret without what stands before its first ',': "00ff"
      with its secret without what stands before its first ',', read as hex: hex 00ff
      with its secret without what stands before its first ',', read as base64: hex d347df
      with 'whsec_' before the text of its secret: "whsec_v1,00ff"
      with its secret in upper case: "V1,00FF"
      "
    `)
    expect(readings('live_x_y')).toMatchInlineSnapshot(`
      "
      as given: "live_x_y"
      with a line break at the end of its secret: "live_x_y\\n"
      with its secret read as base64url: hex 962bdeff1ff2
      with its secret without what stands before its first '_': "x_y"
      with 'whsec_' before the text of its secret: "whsec_live_x_y"
      with its secret in upper case: "LIVE_X_Y"
      "
    `)
    expect(readings('abcdefghijkl=x')).toMatchInlineSnapshot(`
      "
      as given: "abcdefghijkl=x"
      with a line break at the end of its secret: "abcdefghijkl=x\\n"
      with its secret without what stands before its first '=': "x"
      with 'whsec_' before the text of its secret: "whsec_abcdefghijkl=x"
      with its secret in upper case: "ABCDEFGHIJKL=X"
      "
    `)
    expect(readings('abcdefghijklm=x')).not.toContain('what stands before')
    expect(readings('sha256:')).not.toContain('what stands before')
    expect(readings('!v1,x')).not.toContain('what stands before')
  })

  it('as it was written, where it was decoded', () => {
    expect(readings('', secret('00ff00ff00ff00ff', { encoding: 'hex' }))).toMatchInlineSnapshot(`
      "
      as given: hex 00ff00ff00ff00ff
      with the text of its secret as it is, not decoded: "00ff00ff00ff00ff"
      with a line break at the end of its secret: "00ff00ff00ff00ff\\n"
      with its secret read as base64: hex d347dfd347dfd347dfd347df
      with 'whsec_' before the text of its secret: "whsec_00ff00ff00ff00ff"
      with its secret in upper case: "00FF00FF00FF00FF"
      "
    `)
  })
})

describe('a digest', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => 0xf0 ^ (index * 37))
  const hex = Buffer.from(bytes).toString('hex')
  const base64 = Buffer.from(bytes).toString('base64')
  const long = new Uint8Array([...bytes, ...bytes])
  /** What is found of these very bytes: the text may stand for others as well, such as hex that is base64, too. */
  const found = (value: string, cutIn: readonly string[] = []) =>
    findDigests([{ name: 'X-Sig', value }], cutIn)
      .filter((digest) => hex.startsWith(digest.hex) || digest.hex === Buffer.from(long).toString('hex'))
      .map(({ start, end, spelling, hex: read, mayBeCut }) => {
        return `${spelling}, ${start} to ${end}: ${read.length / 2} bytes${mayBeCut ? ', may be cut' : ''}`
      })
  const ofLength = (length: number, cutIn: readonly string[] = []) =>
    findDigests([{ name: 'x', value: 'ab'.repeat(length) }], cutIn).filter(({ spelling }) => spelling === 'hex').length

  it.each([
    ['hex', hex, 'hex, 0 to 64: 32 bytes'],
    ['upper-case hex', hex.toUpperCase(), 'upper-case hex, 0 to 64: 32 bytes'],
    ['hex of both cases', hex.replace('a', 'A'), 'upper-case hex, 0 to 64: 32 bytes'],
    ['base64', base64, 'base64, 0 to 44: 32 bytes'],
    ['base64 with two equals signs', Buffer.from(long).toString('base64'), 'base64, 0 to 88: 64 bytes'],
    ['base64 without padding', base64.slice(0, -1), 'base64 without padding, 0 to 43: 32 bytes'],
    ['base64url', Buffer.from(bytes).toString('base64url'), 'base64url, 0 to 43: 32 bytes'],
    ['base64 of hex', btoa(hex), 'base64 of hex, 0 to 88: 32 bytes'],
    ['hex behind a prefix', `sha256=${hex}`, 'hex, 7 to 71: 32 bytes'],
    ['hex before an equals sign', `${hex}==`, 'hex, 0 to 64: 32 bytes'],
    ['hex between marks', `t=1,v1=${hex};x`, 'hex, 7 to 71: 32 bytes'],
  ])('is found in %s', (_, value, expected) => {
    expect(found(value)).toEqual([expected])
  })

  it('has the length of one, or may be cut where it belongs', () => {
    expect(found(hex.slice(0, -2))).toEqual([])
    expect(found(hex.slice(0, -2), ['x-sig'])).toEqual(['hex, 0 to 62: 31 bytes, may be cut'])
    expect(found(hex.slice(0, 20), ['X-SIG'])).toEqual(['hex, 0 to 20: 10 bytes, may be cut'])
    expect(found(hex.slice(0, 18), ['X-Sig'])).toEqual([])
    for (const length of [20, 32, 48, 64]) expect([ofLength(length), ofLength(length + 1)]).toEqual([1, 0])
    expect([ofLength(63, ['x']), ofLength(65, ['x'])]).toEqual([1, 0])
  })

  it('is looked for in the wanted headers first, and 64 times at most', () => {
    const many = Array.from({ length: 70 }, (_, index) => ({ name: `x-${index}`, value: hex }))
    const digests = findDigests([...many, { name: 'X-Wanted', value: hex }], ['x-wanted'])
    expect(digests).toHaveLength(64)
    expect(digests[0]?.header).toBe('X-Wanted')
    expect(findDigests([{ name: 'x', value: Array(70).fill(hex).join(' ') }], [])).toHaveLength(64)
  })
})

describe('a stamp', () => {
  it.each([
    ['1767225600', 1_767_225_600_000, 'seconds'],
    ['1767225600123', 1_767_225_600_123, 'milliseconds'],
    ['1767225600123000', 1_767_225_600_123, 'microseconds'],
    ['1767225600000000000', 1_767_225_600_000, 'nanoseconds'],
    ['1767225600.5', 1_767_225_600_500, 'seconds with a fraction'],
    ['1767225600.', 1_767_225_600_000, 'seconds with a fraction'],
    ['2026-01-01T00:00:00Z', 1_767_225_600_000, 'a date'],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 1_767_225_600_000, 'a date'],
  ])('is %s', (text, at, unit) => {
    expect(readStamp(text)).toEqual({ text, at, unit })
  })

  it.each([
    ...[
      '0767225600',
      '176722560x',
      'x767225600',
      '17672256001',
      '1767225600.1234567890',
      '1767225600.x',
      '1767225600.5x',
    ],
    ...['xThu, 01 Jan 2026 00:00:00 GMT', 'Thu, 99 Jan 2026 00:00:00 GMT', '1 January 2026', ''],
  ])('is not %s', (text) => {
    expect(readStamp(text)).toBeUndefined()
  })

  it('is written in other units', () => {
    const units = (text: string) => otherUnits(readStamp(text) ?? { text, at: 0, unit: '' })
    expect(units('1767225600')).toEqual([
      '1767225600000',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00Z',
      '1767225600000',
    ])
    expect(units('1767225600999')).toEqual([
      '1767225600',
      '2026-01-01T00:00:00.999Z',
      '2026-01-01T00:00:00Z',
      '1767225600000',
    ])
  })

  it('is found beside the signature, and in headers of time or date', () => {
    const entries = [
      { name: 'Date', value: ' 1767225603 ' },
      { name: 'X-Other', value: '1767225604' },
      { name: 'X-Request-Timestamp', value: '1767225600' },
      { name: 'X-Sig', value: `t=1767225601, "1767225602";x='1767225600'` },
    ]
    const found = findStamps(entries, ['x-sig', 'X-None', 'x-sig'])
    expect(found.map(({ header, text }) => `${header} ${text}`)).toEqual([
      'x-sig 1767225601',
      'x-sig 1767225602',
      'x-sig 1767225600',
      'Date 1767225603',
    ])
    const many = Array.from({ length: 9 }, (_, index) => ({ name: `time-${index}`, value: `176722560${index}` }))
    expect(findStamps(many, [])).toHaveLength(8)
  })
})
