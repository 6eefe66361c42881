import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/explain.js'
import { bytesOf, header, refusalOf, textOf } from './request.js'

describe('raw HTTP', () => {
  test.each([
    ['CRLF', 'POST /h HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\nbody\r\n', 'body\r\n'],
    ['LF', 'POST /h HTTP/1.1\nHost: a\nX: 1\n\nbody\n', 'body\n'],
    ['CRLF before a body with LF', 'POST /h HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n\nbo\ndy', '\nbo\ndy'],
    ['LF before a body with CRLF', 'POST /h HTTP/1.1\nHost: a\nX: 1\n\n\r\nbo\r\n\r\ndy', '\r\nbo\r\n\r\ndy'],
    ['no version', 'POST /h\nHost: a\nX: 1\n\nbody', 'body'],
    ['blank lines before it', '\r\n\nPOST /h HTTP/1.1\nHost: a\nX: 1\n\nbody', 'body'],
  ])('with %s', (_, input, body) => {
    const request = parseRequest(input)
    expect(request).toMatchObject({ format: 'http', method: 'POST', url: 'http://a/h', warnings: [] })
    expect(request.headers).toEqual([
      ['Host', 'a'],
      ['X', '1'],
    ])
    expect(textOf(request)).toBe(body)
  })

  test('without a request line', () => {
    const request = parseRequest('Content-Type: a/b\nX-Sig: 1\n\nbody')
    expect(request).toMatchObject({ method: 'POST', url: '', warnings: [] })
    expect(request.headers).toEqual([
      ['Content-Type', 'a/b'],
      ['X-Sig', '1'],
    ])
  })

  test('of HTTP/2, with pseudo headers', () => {
    const request = parseRequest(
      ':method: PUT\n:scheme: https\n:authority: hooks.example\n:path: /h?a=1\nx-sig: 1\n\nbody',
    )
    expect(request).toMatchObject({ method: 'PUT', url: 'https://hooks.example/h?a=1', headers: [['x-sig', '1']] })
  })

  test('with the prompts of curl -v, and the body below them', () => {
    const request = parseRequest('* Trying\n> POST /h HTTP/1.1\n> Host: a\n* a remark\n>\n> body')
    expect(request).toMatchObject({ url: 'http://a/h', headers: [['Host', 'a']], warnings: [] })
    expect(textOf(request)).toBe('> body')
  })

  test.each([
    [
      'repeats stay repeats',
      'X-A: 1\nx-a: 2\nX-A: 1\n\n',
      [
        ['X-A', '1'],
        ['x-a', '2'],
        ['X-A', '1'],
      ],
    ],
    ['white space around a value is none of it', 'X-A: \t 1 2\t \n\n', [['X-A', '1 2']]],
    ['white space alone is no value', 'X-A: \t \n\n', [['X-A', '']]],
    ['a value ends where the capture ends', 'X-A: 12', [['X-A', '12']]],
    ['what looks like progress stands in a value', 'X-A:  % Total \n\n', [['X-A', '% Total']]],
    ['a value may be empty', 'X-A:\n\n', [['X-A', '']]],
    ['a value may hold colons', 'X-A:a:b\n\n', [['X-A', 'a:b']]],
    ['folded lines are joined', 'X-A: 1,\r\n\t 2,\r\n 3\r\n\r\n', [['X-A', '1, 2, 3']]],
    [
      '__proto__ is a name',
      '__proto__: 1\nconstructor: 2\n\n',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
    ['a byte is the character of its number', Buffer.from('X-A: \xe9\xff\n\n', 'latin1'), [['X-A', '\xe9\xff']]],
    ['text is its UTF-8', 'X-A: é\n\n', [['X-A', '\xc3\xa9']]],
  ])('%s', (_, input, headers) => {
    expect(parseRequest(input).headers).toEqual(headers)
  })

  test('every byte of the body arrives', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(parseRequest(Buffer.concat([Buffer.from('A: b\r\n\r\n'), bytes])).body).toEqual(bytes)
  })

  test.each([
    ['GET https://a.example/h HTTP/1.1\nHost: b\n\n', 'https://a.example/h'],
    ['POST /h HTTP/1.0\nX: 1\n\n', '/h'],
    ['POST /h HTTP/2\nX: 1\n\n', '/h'],
    ['POST http://a.example/h\nX: 1\n\n', 'http://a.example/h'],
    ['OPTIONS * HTTP/1.1\nHost: b\n\n', '*'],
  ])('the URL of %j', (input, url) => {
    expect(parseRequest(input).url).toBe(url)
  })
})

describe('the length of raw HTTP', () => {
  test.each([
    ['is right', 'Content-Length: 4\n\nbody', 'body', []],
    ['is right twice', 'Content-Length: 4\nContent-Length: 4\n\nbody', 'body', []],
    [
      'is shorter by a line break',
      'Content-Length: 4\n\nbody\r\n',
      'body',
      [/says 4 bytes, and 6 follow.*break at the end.* was cut off/],
    ],
    [
      'is shorter by what curl tells',
      'Content-Length: 4\n\nbody\n* upload completely sent off\n< HTTP/1.1 401\n<\n',
      'body',
      [/what curl -v tells behind the body was cut off/],
    ],
    [
      'is shorter by what curl tells at once',
      'Content-Length: 4\n\nbody* upload completely sent off\n',
      'body',
      [/what curl -v tells/],
    ],
    [
      'is shorter otherwise',
      'Content-Length: 4\n\nbody of now',
      'body of now',
      [/says 4 bytes, and 11 follow.*was changed since/],
    ],
    [
      'is shorter by an answer',
      'Content-Length: 4\n\nbody\n< HTTP/1.1 401\n<\n',
      'body',
      [/what curl -v tells behind the body was cut off/],
    ],
    [
      'is shorter by what looks like an answer, but on the same line',
      'Content-Length: 4\n\nbody< HTTP/1.1 401',
      'body< HTTP/1.1 401',
      [/was changed since/],
    ],
    ['is shorter by no remark', 'Content-Length: 4\n\nbody\n*x', 'body\n*x', [/was changed since/]],
    ['is shorter by words', 'Content-Length: 4\n\nbody\na b', 'body\na b', [/was changed since/]],
    ['is nothing', 'Content-Length: 0\n\nbody', 'body', [/was changed since/]],
    ['is longer', 'Content-Length: 6\n\nbody', 'body', [/says 6 bytes, and 4 follow.* 2 are missing/]],
    ['is no number', 'Content-Length: 4x\n\nbody', 'body', [/not one number/]],
    ['is two numbers', 'Content-Length: 4\nContent-Length: 5\n\nbody', 'body', [/not one number/]],
    ['is negative', 'Content-Length: -4\n\nbody', 'body', [/not one number/]],
    ['is absurd', `Content-Length: ${'9'.repeat(40)}\n\nbody`, 'body', [/not one number/]],
    ['comes after no blank line', 'Content-Length: 4\nX: 1\n', '', [/no blank line/, /4 are missing/]],
  ])('%s', (_, input, body, warnings) => {
    const request = parseRequest(input)
    expect(textOf(request)).toBe(body)
    expect(request.warnings).toEqual(warnings.map((pattern) => expect.stringMatching(pattern)))
  })
})

describe('a transfer coding', () => {
  const chunked = (text: string) => parseRequest(`Transfer-Encoding: chunked\r\n\r\n${text}`)

  test.each([
    ['one chunk', '4\r\nbody\r\n0\r\n\r\n', 'body'],
    ['several, in either case', '2\r\nbo\r\nA\r\n0123456789\r\n0\r\n\r\n', 'bo0123456789'],
    ['extensions and trailers', '4;a="b"\r\nbody\r\n0\r\nX-Trailer: 1\r\n\r\n', 'body'],
    ['LF alone', '4\nbody\n0\n\n', 'body'],
    ['line breaks within a chunk', '6\r\n\r\n0\r\n\n\r\n0\r\n\r\n', '\r\n0\r\n\n'],
    ['no chunk', '0\r\n\r\n', ''],
  ])('with %s', (_, text, body) => {
    expect(textOf(chunked(text))).toBe(body)
    expect(chunked(text).warnings).toEqual([])
  })

  test.each([
    '{"id":1}',
    '',
    '4\r\nbod',
    '4\r\nbody0\r\n\r\n',
    '-4\r\nbody\r\n0\r\n\r\n',
    '4\r\nbody\r\n',
    'fffffffff\r\n',
    '1\na\n00',
    '4\nbodyx0\n\n',
  ])('that is none: %j', (text) => {
    expect(textOf(chunked(text))).toBe(text)
    expect(chunked(text).warnings).toEqual([expect.stringMatching(/not chunked/)])
  })

  test('overrides a length, and gzip stays as it is', () => {
    expect(bytesOf(parseRequest('Content-Length: 2\nTransfer-Encoding: Chunked\n\n4\nbody\n0\n\n'))).toBe('body')
    expect(bytesOf(parseRequest('Transfer-Encoding: gzip\n\n\x1f\x8b'))).toBe('\x1f\xc2\x8b')
    expect(bytesOf(parseRequest('Transfer-Encoding: gzip\n\n4\nbody\n0\n\n'))).toBe('4\nbody\n0\n\n')
  })
})

describe('what is no raw HTTP is refused', () => {
  test.each([
    ['prose', 'hello there', /line 1 is neither a request line .* nor a header/],
    ['a line without a colon', 'POST /h HTTP/1.1\nHost: a\nnothing\n\n', /line 3 is no header: it has no colon/],
    ['white space before a colon', 'A: b\nHost : a\n\n', /line 2 is no header: before its colon/],
    ['no name', 'A: b\n: c\n\n', /line 2 is no header/],
    ['a continuation of nothing', 'POST /h HTTP/1.1\n X: 1\n\n', /line 2 begins with white space/],
    ['a bare CR', 'A: b\rC: d\n\n', /line 1 holds a control character/],
    ['a NUL', 'A: b\n\nC'.replace('b', '\0'), /line 1 holds a control character/],
    ['a response', 'HTTP/1.1 200 OK\n\n', /response/],
    ['a response of HTTP/2', ':status: 200\n\n', /response/],
    ['another version', 'POST /h FTP/1.1\n\n', /line 1 is neither/],
    ['something before the version', 'POST /h xHTTP/1.1\n\n', /line 1 is neither/],
    ['something behind the version', 'POST /h HTTP/1.1x\n\n', /line 1 is neither/],
    ['a word behind the version', 'POST /h HTTP/1.1 x\n\n', /line 1 is neither/],
    ['no target', 'POST  HTTP/1.1\n\n', /line 1 is neither/],
    ['a target that is none', 'POST x/h\n\n', /line 1 is neither/],
    ['white space before the first header', ' A: b\n\n', /line 1 is neither/],
    ['remarks alone', '* Trying 127.0.0.1:8080...', /no header was found/],
    ['too many words', 'POST /a b HTTP/1.1\n\n', /line 1 is neither/],
    ['a prompt that is missing', '> POST /h HTTP/1.1\nHost: a\n>\n', /line 2 does not begin with '> '/],
  ])('%s', (_, input, message) => {
    expect(refusalOf(input)).toMatch(message)
  })

  test('many spaces and folds take no time', () => {
    const spaces = ' '.repeat(200_000)
    expect(header(parseRequest(`A: ${spaces}b${spaces}\n\n`), 'a')).toEqual(['b'])
    expect(header(parseRequest(`A: b\n${' c\n'.repeat(100_000)}\n`), 'a')[0]).toHaveLength(200_001)
  })
})
