import { describe, expect, it } from 'vitest'
import { bodyReadings } from '../../src/explain/readings/body-readings.js'

/** What a body may have been, the likely first: each as a line of what is told and the text of its bytes. */
function readings(body: string | Uint8Array): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const [, ...others] = bodyReadings(bytes)
  const lines = others.map(({ deviation, bytes: read }) => {
    const told = deviation?.summary.replace('with the body ', '')
    return `${told} ${JSON.stringify(Buffer.from(read).toString('latin1'))}`
  })
  return `\n${lines.join('\n')}\n`
}

/** Those of one kind. */
const of = (kind: RegExp, body: string | Uint8Array) =>
  readings(body)
    .split('\n')
    .filter((line) => kind.test(line))

describe('a body may have been', () => {
  it('nothing else where it is empty', () => {
    expect(bodyReadings(new Uint8Array())).toEqual([{ deviation: undefined, bytes: new Uint8Array() }])
  })

  it('a text', () => {
    expect(readings('abc')).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "abc\\n"
      plus a carriage return and a line feed at its end "abc\\r\\n"
      plus a byte order mark at its beginning "ï»¿abc"
      as the JSON of the form's fields "{}"
      "
    `)
  })

  it('a text with line breaks', () => {
    expect(readings('a\r\nb\n')).toMatchInlineSnapshot(`
      "
      without the line break at its end "a\\r\\nb"
      plus a line feed at its end "a\\r\\nb\\n\\n"
      plus a carriage return and a line feed at its end "a\\r\\nb\\n\\r\\n"
      plus a byte order mark at its beginning "ï»¿a\\r\\nb\\n"
      in LF line ends, not CRLF "a\\nb\\n"
      in CRLF line ends, not LF "a\\r\\nb\\r\\n"
      as the JSON of the form's fields "{}"
      "
    `)
    expect(of(/line break/, '\n\n\n\n\n')).toEqual(['without the line break at its end "\\n"'])
  })

  it('a text with a byte order mark', () => {
    expect(readings('\ufeffabc')).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "ï»¿abc\\n"
      plus a carriage return and a line feed at its end "ï»¿abc\\r\\n"
      without the byte order mark at its beginning "abc"
      as the JSON of the form's fields "{}"
      in UTF-8, and not in latin1 "Ã¯Â»Â¿abc"
      "
    `)
    expect(of(/order mark/, 'abc\ufeff')).toEqual(['plus a byte order mark at its beginning "ï»¿abcï»¿"'])
  })

  it('bytes that are no text', () => {
    expect(readings(Uint8Array.of(0x61, 0xff))).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "aÿ\\n"
      plus a carriage return and a line feed at its end "aÿ\\r\\n"
      plus a byte order mark at its beginning "ï»¿aÿ"
      in UTF-8, and not in latin1 "aÃ¿"
      "
    `)
  })

  it('a text beyond ASCII', () => {
    expect(readings('é')).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "Ã©\\n"
      plus a carriage return and a line feed at its end "Ã©\\r\\n"
      plus a byte order mark at its beginning "ï»¿Ã©"
      as the JSON of the form's fields "{}"
      as it was before its bytes were read as latin1 and written as UTF-8 "é"
      in UTF-8, and not in latin1 "ÃÂ©"
      in Unicode's normal form NFD "eÌ"
      "
    `)
    expect(of(/latin1/, 'ÿ’')).toEqual([
      'as it was before its bytes were read as latin1 and written as UTF-8 "ÿ\x92"',
      'in UTF-8, and not in latin1 "Ã\x83Â¿Ã¢Â\x80Â\x99"',
    ])
    expect(of(/latin1/, '中')).toEqual(['in UTF-8, and not in latin1 "Ã¤Â¸Â\xad"'])
    expect(of(/was before/, 'ÿ中')).toEqual([])
  })

  it('a form', () => {
    expect(readings('a=b+c&d=')).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "a=b+c&d=\\n"
      plus a carriage return and a line feed at its end "a=b+c&d=\\r\\n"
      plus a byte order mark at its beginning "ï»¿a=b+c&d="
      as the field "a" of the form alone "b c"
      as the field "d" of the form alone ""
      as the same form, its blanks written in the other way (+ or %20) "a=b%20c&d="
      as the JSON of the form's fields "{\\"a\\":\\"b c\\",\\"d\\":\\"\\"}"
      "
    `)
    for (const none of ['abc', 'a=b c', ' a=b', 'a=b\n', 'a=é']) expect(of(/of the form alone/, none)).toEqual([])
    const many = Array.from({ length: 17 }, (_, index) => `f${index}=v${index}`).join('&')
    expect(of(/of the form alone/, many)).toHaveLength(16)
    expect(of(/of the form alone/, 'pay-load[0].id=1&pay+load=2&+x=3&x!=4')).toEqual([
      'as the field "pay-load[0].id" of the form alone "1"',
      'as one field of the form alone "2"',
      'as one field of the form alone "3"',
      'as one field of the form alone "4"',
    ])
  })

  it('JSON', () => {
    expect(readings('{"b":1.0,"a":{"c":"x y"}}')).toMatchInlineSnapshot(`
      "
      plus a line feed at its end "{\\"b\\":1.0,\\"a\\":{\\"c\\":\\"x y\\"}}\\n"
      plus a carriage return and a line feed at its end "{\\"b\\":1.0,\\"a\\":{\\"c\\":\\"x y\\"}}\\r\\n"
      plus a byte order mark at its beginning "ï»¿{\\"b\\":1.0,\\"a\\":{\\"c\\":\\"x y\\"}}"
      as two-space JSON, the keys in the order received: it was parsed and serialised again since it was signed "{\\n  \\"b\\": 1.0,\\n  \\"a\\": {\\n    \\"c\\": \\"x y\\"\\n  }\\n}"
      as two-space JSON, the keys in the order received and a line feed at the end: it was parsed and serialised again since it was signed "{\\n  \\"b\\": 1.0,\\n  \\"a\\": {\\n    \\"c\\": \\"x y\\"\\n  }\\n}\\n"
      as JSON on one line with blanks behind commas and colons, the keys in the order received: it was parsed and serialised again since it was signed "{\\"b\\": 1.0, \\"a\\": {\\"c\\": \\"x y\\"}}"
      as JSON on one line with blanks behind commas and colons, the keys in the order received and a line feed at the end: it was parsed and serialised again since it was signed "{\\"b\\": 1.0, \\"a\\": {\\"c\\": \\"x y\\"}}\\n"
      as four-space JSON, the keys in the order received: it was parsed and serialised again since it was signed "{\\n    \\"b\\": 1.0,\\n    \\"a\\": {\\n        \\"c\\": \\"x y\\"\\n    }\\n}"
      as four-space JSON, the keys in the order received and a line feed at the end: it was parsed and serialised again since it was signed "{\\n    \\"b\\": 1.0,\\n    \\"a\\": {\\n        \\"c\\": \\"x y\\"\\n    }\\n}\\n"
      as tab-indented JSON, the keys in the order received: it was parsed and serialised again since it was signed "{\\n\\t\\"b\\": 1.0,\\n\\t\\"a\\": {\\n\\t\\t\\"c\\": \\"x y\\"\\n\\t}\\n}"
      as tab-indented JSON, the keys in the order received and a line feed at the end: it was parsed and serialised again since it was signed "{\\n\\t\\"b\\": 1.0,\\n\\t\\"a\\": {\\n\\t\\t\\"c\\": \\"x y\\"\\n\\t}\\n}\\n"
      as compact JSON, keys sorted: it was parsed and serialised again since it was signed "{\\"a\\":{\\"c\\":\\"x y\\"},\\"b\\":1.0}"
      as compact JSON, keys sorted and a line feed at the end: it was parsed and serialised again since it was signed "{\\"a\\":{\\"c\\":\\"x y\\"},\\"b\\":1.0}\\n"
      as two-space JSON, keys sorted: it was parsed and serialised again since it was signed "{\\n  \\"a\\": {\\n    \\"c\\": \\"x y\\"\\n  },\\n  \\"b\\": 1.0\\n}"
      as two-space JSON, keys sorted and a line feed at the end: it was parsed and serialised again since it was signed "{\\n  \\"a\\": {\\n    \\"c\\": \\"x y\\"\\n  },\\n  \\"b\\": 1.0\\n}\\n"
      as JSON on one line with blanks behind commas and colons, keys sorted: it was parsed and serialised again since it was signed "{\\"a\\": {\\"c\\": \\"x y\\"}, \\"b\\": 1.0}"
      as JSON on one line with blanks behind commas and colons, keys sorted and a line feed at the end: it was parsed and serialised again since it was signed "{\\"a\\": {\\"c\\": \\"x y\\"}, \\"b\\": 1.0}\\n"
      as four-space JSON, keys sorted: it was parsed and serialised again since it was signed "{\\n    \\"a\\": {\\n        \\"c\\": \\"x y\\"\\n    },\\n    \\"b\\": 1.0\\n}"
      as four-space JSON, keys sorted and a line feed at the end: it was parsed and serialised again since it was signed "{\\n    \\"a\\": {\\n        \\"c\\": \\"x y\\"\\n    },\\n    \\"b\\": 1.0\\n}\\n"
      as tab-indented JSON, keys sorted: it was parsed and serialised again since it was signed "{\\n\\t\\"a\\": {\\n\\t\\t\\"c\\": \\"x y\\"\\n\\t},\\n\\t\\"b\\": 1.0\\n}"
      as tab-indented JSON, keys sorted and a line feed at the end: it was parsed and serialised again since it was signed "{\\n\\t\\"a\\": {\\n\\t\\t\\"c\\": \\"x y\\"\\n\\t},\\n\\t\\"b\\": 1.0\\n}\\n"
      as a form with the JSON in its field 'payload' "payload=%7B%22b%22%3A1.0%2C%22a%22%3A%7B%22c%22%3A%22x+y%22%7D%7D"
      as a form with a field for each key "b=1.0&a=%7B%22c%22%3A%22x+y%22%7D"
      as a form with a field for each key, and %20 for blanks "b=1.0&a=%7B%22c%22%3A%22x%20y%22%7D"
      "
    `)
    expect(of(/empty|as a form/, '[1]')).toEqual(['as a form with the JSON in its field \'payload\' "payload=%5B1%5D"'])
    expect(of(/empty/, '{}')).toEqual(['empty: a parser made {} of no body at all ""'])
    expect(of(/compact/, '\ufeff[ 1 ]')[0]).toMatch(/^as compact JSON, .* "\[1\]"$/)
    expect(of(/as compact/, '[1] x')).toEqual([])
    expect(of(/as compact/, `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`)).toEqual([])
  })

  it('a form with a field for each key of JSON', () => {
    expect(of(/field for each key/, '{"s":"x y","n":{"d":1,"c":2}}')).toEqual([
      'as a form with a field for each key "s=x+y&n=%7B%22d%22%3A1%2C%22c%22%3A2%7D"',
      'as a form with a field for each key, and %20 for blanks "s=x%20y&n=%7B%22d%22%3A1%2C%22c%22%3A2%7D"',
    ])
    expect(of(/blanks written/, 'a=b%20c')).toEqual([
      'as the same form, its blanks written in the other way (+ or %20) "a=b+c"',
    ])
  })

  it('JSON of another order', () => {
    const sorted = of(/compact JSON, keys sorted:/, '{"c":1,"b":2,"b":3,"a":4}')
    expect(sorted).toEqual([
      'as compact JSON, keys sorted: it was parsed and serialised again since it was signed ' +
        JSON.stringify('{"a":4,"b":2,"b":3,"c":1}'),
    ])
  })

  it('JSON of lists in lists', () => {
    expect(of(/^as two-space JSON, the keys in the order received:/, '[[1],{"a":[2]}]')).toEqual([
      'as two-space JSON, the keys in the order received: it was parsed and serialised again since it was signed ' +
        JSON.stringify('[\n  [\n    1\n  ],\n  {\n    "a": [\n      2\n    ]\n  }\n]'),
    ])
  })

  it('JSON whose numbers stay as they are, however strings are escaped', () => {
    expect(of(/compact JSON, .*, non-ASCII characters escaped:/, '[1.0,"é"]')[0]).toContain(
      JSON.stringify('[1.0,"\\u00e9"]'),
    )
  })

  it('a text that was made JSON, or base64', () => {
    expect(of(/JSON string/, '"a\\n"')).toEqual(['as the text inside of this JSON string "a\\n"'])
    expect(of(/base64/, 'YWJjZGVm')).toEqual(['decoded from base64 "abcdef"'])
    expect(of(/base64/, 'YWJjZGVm\n')).toEqual(['decoded from base64 "abcdef"'])
    expect(of(/base64/, 'YWJj')).toEqual([])
  })
})
