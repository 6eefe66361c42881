import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonReadings } from '../../src/explain/readings/json-readings.js'
import { ESCAPES, STYLES, writeJson } from '../../src/explain/readings/json-style.js'
import { parseJsonTree } from '../../src/explain/readings/json-tree.js'

const [compact, twoSpace] = STYLES
const [asReceived, minimal] = ESCAPES

/** What a style makes of a text. */
function written(text: string, style = compact, escapes = asReceived, sorted = false): string | undefined {
  const node = parseJsonTree(text)
  return node === undefined || style === undefined || escapes === undefined
    ? undefined
    : writeJson(node, style, escapes, sorted)
}

describe('JSON as it was written', () => {
  it('is written as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // -0 is the one value that JSON.stringify does not keep.
        const text = JSON.stringify(value)
        expect(written(JSON.stringify(value, undefined, 2))).toBe(text)
        expect(written(text, twoSpace)).toBe(JSON.stringify(value, undefined, 2))
        expect(written(text, compact, minimal)).toBe(text)
      }),
    )
  })

  it('is what JSON.parse takes, and nothing else', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-0',
      '1e5',
      '01',
      '.5',
      'true',
      'nul',
      '"\\u12"',
      '"\n"',
      ' ',
      '\t',
      '\u00a0',
      "'a'",
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        expect(parseJsonTree(text) !== undefined).toBe(isJson(text))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['the form of numbers', '[1.0,1E2,-0,123456789012345678901234567890]'],
    ['the order of keys', '{"b":1,"10":2,"9":3,"a":4}'],
    ['keys that stand twice', '{"a":1,"a":2}'],
    ['escapes', '{"\\u0061":"\\/\\u00eb\\ud83d"}'],
    ['__proto__', '{"__proto__":{"a":1}}'],
  ])('keeps %s', (_, text) => {
    expect(written(text.replaceAll(',', ' , '))).toBe(text)
  })

  it('gives up where nesting is too deep', () => {
    expect(parseJsonTree('['.repeat(90) + ']'.repeat(90))).toBeDefined()
    expect(parseJsonTree('['.repeat(1000) + ']'.repeat(1000))).toBeUndefined()
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('what JSON may have been', () => {
  it('is not many times as long, however deep it is', () => {
    const text = `${'['.repeat(99)}${'1,'.repeat(5000)}1${']'.repeat(99)}`
    const lengths = [...jsonReadings(text)].map(([, bytes]) => bytes.length)
    expect(lengths.length).toBeGreaterThan(0)
    expect(Math.max(...lengths)).toBeLessThan(20 * text.length)
  })

  it('is written in each style where that is in proportion', () => {
    const names = [...jsonReadings('{"a":[1,{"b":[]}]}')].map(([{ summary }]) => summary).join()
    for (const style of ['compact', 'two-space', 'four-space', 'tab-indented']) expect(names).toContain(style)
  })

  it('is the same behind a byte order mark', () => {
    expect([...jsonReadings('\ufeff{ "a": 1 }')]).toEqual([...jsonReadings('{ "a": 1 }')])
  })
})
