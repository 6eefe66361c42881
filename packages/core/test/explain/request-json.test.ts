import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/explain.js'
import { bytesOf, header, refusalOf, textOf } from './request.js'
import { body, firefoxEntry } from './request-samples.js'

const read = (document: unknown) => parseRequest(JSON.stringify(document))

describe('JSON of ours', () => {
  test.each([
    ['an object', { 'X-A': '1', 'X-B': ['2', '3'] }],
    [
      'pairs',
      [
        ['X-A', '1'],
        ['X-B', '2'],
        ['X-B', '3'],
      ],
    ],
    [
      'names and values',
      [
        { name: 'X-A', value: '1' },
        { name: 'X-B', value: '2' },
        { name: 'X-B', value: '3' },
      ],
    ],
  ])('has headers as %s', (_, headers) => {
    const request = read({ method: 'PUT', url: 'https://a/h', headers, body: 'text\n' })
    expect(request).toMatchObject({ format: 'json', method: 'PUT', url: 'https://a/h', warnings: [] })
    expect(request.headers).toEqual([
      ['X-A', '1'],
      ['X-B', '2'],
      ['X-B', '3'],
    ])
    expect(textOf(request)).toBe('text\n')
  })

  test('needs headers alone', () => {
    const request = read({ headers: {}, method: null, url: null, body: null, bodyBase64: null })
    expect(request).toEqual({
      format: 'json',
      method: 'POST',
      url: '',
      headers: [],
      body: new Uint8Array(),
      warnings: [],
    })
  })

  test('has bytes as base64', () => {
    expect(bytesOf(read({ headers: {}, bodyBase64: 'AP9uCg==' }))).toBe('\0\xffn\n')
  })

  test('may be indented, and begin late', () => {
    expect(header(parseRequest(`\n  ${JSON.stringify({ headers: { a: 'b' } }, null, 2)}\n`), 'a')).toEqual(['b'])
  })

  test('__proto__ is a name', () => {
    const request = parseRequest('{"headers":{"__proto__":"1","constructor":"2","a":null}}')
    expect(request.headers).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })

  test.each([
    ['a body that was parsed', { headers: {}, body: { id: 1 } }, /body is no text but what a parser made of it/],
    ['two bodies', { headers: {}, body: '', bodyBase64: '' }, /body and bodyBase64/],
    ['a body and an empty one', { headers: {}, body: 'x', bodyBase64: '' }, /body and bodyBase64/],
    ['a number as a name', { headers: [[1, 'b']] }, /headers\[0\] is neither a pair/],
    [
      'a long name that is none',
      { headers: { ['a b'.repeat(100)]: 'c' } },
      /headers has "(a b){20}", which is no name/,
    ],
    ['bad base64', { headers: {}, bodyBase64: '%%%' }, /bodyBase64 is no base64/],
    ['no headers', { body: 'x' }, /has no headers/],
    ['headers as text', { headers: 'a: b' }, /neither an object nor a list/],
    ['a number as a value', { headers: { 'X-A': 1 } }, /header "X-A" is neither a text nor a list/],
    ['an object as a value', { headers: { 'X-A': [{}] } }, /header "X-A" is neither a text nor a list/],
    ['a name that is none', { headers: { 'X A': '1' } }, /"X A", which is no name of a header/],
    ['a line break in a value', { headers: { 'X-A': '1\r\nX-B: 2' } }, /"X-A" holds a control character/],
    ['half a pair', { headers: [['a', 'b'], ['c']] }, /headers\[1\] is neither a pair/],
    ['a method that is none', { headers: {}, method: 7 }, /method is no text/],
    ['a list', [], /is no object/],
  ])('is refused with %s', (_, document, message) => {
    expect(refusalOf(JSON.stringify(document))).toMatch(message)
  })
})

describe('what is no JSON is said to be none, and where', () => {
  test.each([
    ['{"headers":{}', 'it ends too early, a comma or a closing bracket was expected'],
    ['{"headers":{},}', 'line 1, column 15, a name in double quotes was expected'],
    ['{\n  "headers": {},\n  body: "x"\n}', 'line 3, column 3, a name in double quotes was expected'],
    ["{'headers':{}}", 'line 1, column 2, a name in double quotes was expected'],
    ['{"headers" {}}', 'line 1, column 12, a colon was expected'],
    ['{"headers":}', 'line 1, column 12, a value was expected'],
    ['{"headers":{"a":"b\nc"}}', 'line 1, column 19, a value was expected'],
    ['{"headers":{"a":"\\x"}}', 'line 1, column 18, a value was expected'],
    ['{"headers":{}} x', 'line 1, column 16, nothing more was expected'],
    ['{"a b" 1}', 'line 1, column 8, a colon was expected'],
    ['{"a\\n" 1}', 'line 1, column 8, a colon was expected'],
    ['[1,}', 'line 1, column 4, a value was expected'],
    ['{"a":[1 2]}', 'line 1, column 9, a comma or a closing bracket was expected'],
    ['[1]]', 'line 1, column 4, nothing more was expected'],
    ['{"a":01}', 'line 1, column 7, a comma or a closing bracket was expected'],
    ['{"a":.5}', 'line 1, column 6, a value was expected'],
    [`${'['.repeat(1_000_000)}`, 'it ends too early, a value was expected'],
  ])('%.40s', (input, where) => {
    expect(refusalOf(input)).toContain(`it begins as JSON does, and is none: ${where}`)
  })
})

test("depth is the sender's, and no fault of ours", () => {
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
  expect(refusalOf(deep)).toMatch(/is no object/)
  expect(refusalOf(`{"headers":${deep}}`)).toMatch(/headers\[0\] is neither/)
  expect(refusalOf(`{"headers":{"a":${deep}}}`)).toMatch(/header "a" is neither/)
  expect(refusalOf(`{"headers":{},"body":${deep}}`)).toMatch(/body is no text/)
})

describe('a HAR', () => {
  const entry = (request: object) => ({ request: { method: 'POST', url: 'https://a/h', headers: [], ...request } })
  const file = (...entries: object[]) => read({ log: { version: '1.2', entries } })

  test('of several entries: the first with a body, and it says so', () => {
    const request = file(entry({ method: 'GET' }), entry({}), entry({ postData: { text: 'third' } }), firefoxEntry)
    expect(textOf(request)).toBe('third')
    expect(request.warnings).toEqual([expect.stringMatching(/4 entries, of which entries\[2\] was taken/)])
  })

  test('without a body: the first POST, else the first', () => {
    expect(file(entry({ method: 'GET', url: '/1' }), entry({ url: '/2' })).url).toBe('/2')
    expect(file({}, entry({ method: 'GET', url: '/1' })).url).toBe('/1')
  })

  test('of HTTP/2 has no pseudo headers', () => {
    const headers = [
      { name: ':authority', value: 'a' },
      { name: 'x-sig', value: '1' },
    ]
    expect(file(entry({ headers })).headers).toEqual([['x-sig', '1']])
  })

  test('of one request has its method, or is a POST', () => {
    expect(read({ log: { entries: [{ request: { headers: [] } }] } })).toMatchObject({ method: 'POST', url: '' })
    expect(file(entry({ method: 'PUT' })).method).toBe('PUT')
  })

  test('with an empty form has no body', () => {
    const request = file(entry({ postData: { params: [] } }))
    expect(request).toMatchObject({ body: new Uint8Array(), warnings: [] })
  })

  test('of a proxy may have base64', () => {
    expect(bytesOf(file(entry({ postData: { text: 'AP8=', encoding: 'base64' } })))).toBe('\0\xff')
  })

  test('with a form and no text is encoded anew', () => {
    const params = [{ name: 'a b', value: 'ü&' }, { name: 'c' }]
    const request = file(entry({ postData: { params } }))
    expect(textOf(request)).toBe('a+b=%C3%BC%26&c=')
    expect(request.warnings).toEqual([expect.stringMatching(/encoded anew/)])
  })

  test('warns of another size', () => {
    expect(file(entry({ bodySize: -1, postData: { text: body } })).warnings).toEqual([])
    expect(file(entry({ bodySize: 3, postData: { text: 'four' } })).warnings).toEqual([
      expect.stringMatching(/bodySize says 3/),
    ])
    expect(file(entry({ bodySize: 0, postData: { text: 'four' } })).warnings).toEqual([
      expect.stringMatching(/bodySize says 0/),
    ])
  })

  test.each([
    ['no entry', { log: { entries: [] } }, /no entry with a request/],
    ['no list', { log: {} }, /no entry with a request/],
    ['no request', { log: { entries: [null, 7, {}] } }, /no entry with a request/],
    ['bad base64', entry({ postData: { text: '*', encoding: 'base64' } }), /postData.text is no base64/],
    ['a parsed text', entry({ postData: { text: {} } }), /postData.text is no text/],
    ['a parameter without a name', entry({ postData: { params: [{}] } }), /params\[0\] has no name/],
    ['a file beside it', entry({ postData: { _file: 'x.bin' } }), /in a file/],
    ['no headers', { request: { postData: { text: '' } } }, /headers is neither/],
  ])('is refused with %s', (_, document, message) => {
    expect(refusalOf(JSON.stringify(document))).toMatch(message)
  })
})

describe('a Lambda event', () => {
  test('with both kinds of headers: the one that has every value', () => {
    const request = read({ headers: { a: '2' }, multiValueHeaders: { a: ['1', '2'] }, body: '' })
    expect(header(request, 'a')).toEqual(['1', '2'])
  })

  test('of the older format', () => {
    const request = read({
      httpMethod: 'PUT',
      path: '/h',
      headers: { Host: 'a', 'X-A': '2' },
      multiValueHeaders: null,
      body: null,
      isBase64Encoded: false,
    })
    expect(request).toMatchObject({ method: 'PUT', url: 'https://a/h', body: new Uint8Array() })
  })

  test.each([
    ['in the context', { headers: {}, requestContext: { http: { method: 'PUT' } } }, 'PUT', ''],
    ['nowhere', { headers: { host: 'a' }, isBase64Encoded: false }, 'POST', ''],
    ['without a host', { headers: {}, rawPath: '/h', isBase64Encoded: false }, 'POST', '/h'],
    ['without a path', { headers: { host: 'a' }, path: 'h', isBase64Encoded: false }, 'POST', 'h'],
  ])('tells where it was sent %s', (_, event, method, url) => {
    expect(read(event)).toMatchObject({ method, url })
  })

  test.each([
    ['no headers', { isBase64Encoded: false, body: '' }, /neither headers nor multiValueHeaders/],
    ['bad base64', { headers: {}, body: '{"id":1}', isBase64Encoded: true }, /body is no base64/],
    ['a context that is none', { headers: {}, requestContext: { http: 7 } }, /http is no object/],
  ])('is refused with %s', (_, document, message) => {
    expect(refusalOf(JSON.stringify(document))).toMatch(message)
  })
})
