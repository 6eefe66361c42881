import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatCurl, parseRequest } from '../../src/explain.js'
import { entries, listeningForCurl } from './listening-for-curl.js'
import { anyRequest } from './request-arbitraries.js'

let server: Awaited<ReturnType<typeof listeningForCurl>>
beforeAll(async () => {
  server = await listeningForCurl()
})
afterAll(() => server.close())

describe('formatCurl writes', () => {
  test.each([
    [
      'a text',
      { url: 'https://h/', headers: { 'Content-Type': 'application/json' }, body: `{"a":"it's"}\n` },
      `curl 'https://h/' -H 'Content-Type: application/json' --data-binary '{"a":"it'\\''s"}\n'`,
    ],
    [
      'bytes',
      {
        url: 'https://h/',
        headers: { 'content-type': 'a/b', 'X-E': '' },
        body: Uint8Array.of(0, 0x61, 0xff, 0x27, 0x5c),
      },
      `printf '%b' '\\0000a\\0377\\0047\\0134' | curl 'https://h/' -H 'content-type: a/b' -H 'X-E;' --data-binary @-`,
    ],
    [
      'no content type but the own',
      { url: 'https://h/', headers: {}, body: '' },
      `curl 'https://h/' -H 'Content-Type:' --data-binary ''`,
    ],
    [
      'bytes that are shown, and those that are not',
      { url: 'https://h/', headers: { 'content-type': 'a/b' }, body: Uint8Array.of(0x20, 0x7e, 0x7f) },
      `printf '%b' ' ~\\0177' | curl 'https://h/' -H 'content-type: a/b' --data-binary @-`,
    ],
    [
      'text that is no UTF-8',
      { url: 'https://h/', headers: { 'content-type': 'a/b' }, body: Uint8Array.of(0x61, 0xff) },
      `printf '%b' 'a\\0377' | curl 'https://h/' -H 'content-type: a/b' --data-binary @-`,
    ],
    [
      'a byte order mark',
      { url: 'https://h/', headers: { 'content-type': 'a/b' }, body: '\ufeff{}' },
      `curl 'https://h/' -H 'content-type: a/b' --data-binary '\ufeff{}'`,
    ],
    [
      'as much as an argument holds',
      { url: 'https://h/', headers: { 'content-type': 'a/b' }, body: 'x'.repeat(100_000) },
      `curl 'https://h/' -H 'content-type: a/b' --data-binary '${'x'.repeat(100_000)}'`,
    ],
    [
      'a header of bytes',
      { url: 'https://h/', headers: { 'content-type': 'a/b', 'X-A': '\xe9' }, body: '' },
      `curl 'https://h/' -H 'content-type: a/b' -H "$(printf '%b' 'X-A: \\0351')" --data-binary ''`,
    ],
    [
      'a header of characters',
      { url: 'https://h/', headers: { 'content-type': 'a/b', 'X-A': '\xe9€' }, body: '' },
      `curl 'https://h/' -H 'content-type: a/b' -H 'X-A: \xe9€' --data-binary ''`,
    ],
    [
      'no content type beside other headers',
      { url: 'https://h/', headers: { 'X-A': '1' }, body: '' },
      `curl 'https://h/' -H 'X-A: 1' -H 'Content-Type:' --data-binary ''`,
    ],
    [
      'a URL as it is',
      { method: 'PUT', url: '-/../[1]', headers: {}, body: '@x' },
      `curl -X 'PUT' --globoff --path-as-is --url '-/../[1]' -H 'Content-Type:' --data-raw '@x'`,
    ],
  ])('%s', (_, request, command) => {
    expect(formatCurl(request)).toBe(command)
  })

  test.each([
    ['a line break in a header', { headers: { A: 'b\r\nC: d' } }, 'the header A holds a control character'],
    ['a NUL in a header', { headers: { A: '\0' } }, 'the header A holds a control character'],
    ['a name that is none', { headers: { 'a b': 'c' } }, '"a b" is no name of a header'],
    ['a file as a header', { headers: { '@file': 'c' } }, '"@file" is no name of a header'],
    ['a method that is none', { method: 'A B' }, 'method is no HTTP method'],
    ['white space in a URL', { url: 'http://h/ a' }, 'url is empty, or holds white space'],
    ['no URL', { url: '' }, 'url is empty, or holds white space'],
    ['a file as a URL, as curl takes it from 8.13 on', { url: '@/etc/hosts' }, 'url begins with @'],
  ])('nothing with %s', (_, changes, met) => {
    expect(() => formatCurl({ url: 'http://h/', headers: {}, body: '', ...changes })).toThrow(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringContaining(`option-invalid: ${met}`) }),
    )
  })

  test('headers that repeat, given as entries', () => {
    const headers = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Content-Length', '7'],
      ['Content-Type', 'a/b'],
    ] as const
    const command = formatCurl({ url: 'https://h/', headers, body: '' })
    expect(parseRequest(command).headers).toEqual(headers.filter(([name]) => name !== 'Content-Length'))
  })

  test('nothing that a terminal would obey', () => {
    const command = formatCurl({ url: 'http://h/', headers: {}, body: 'a\x1b]0;b\x07\r\x9b' })
    expect(command).not.toMatch(/\p{Cc}/u)
  })
})

describe.each(['sh', 'bash'])('curl in %s sends', (shell) => {
  test('what formatCurl was given, byte for byte', async () => {
    const isSent = fc.asyncProperty(anyRequest(server.origin), async (request) => {
      const arrived = await server.send(shell, `${formatCurl(request)} -s -A '' -H accept:`)
      const hasAccept = Object.keys(request.headers).some((name) => name.toLowerCase() === 'accept')
      expect(arrived.method).toBe(request.method)
      expect(arrived.body).toEqual(Buffer.from(request.body))
      if (!hasAccept) expect(Object.fromEntries(entries(arrived.rawHeaders))).toEqual(request.headers)
    })
    await fc.assert(isSent, { numRuns: 15 })
  })

  test.each([
    ['text', `it's ${'x'.repeat(150_000)}`],
    ['bytes', Buffer.alloc(150_000, 0xff)],
  ])('%s that no argument can hold', async (_, body) => {
    const command = formatCurl({ url: server.origin, headers: {}, body })
    expect((await server.send(shell, `${command} -s`)).body.equals(Buffer.from(body))).toBe(true)
  })
})

// What the parser makes of a command is what curl makes of it.
test.each([
  "-d a=1 -d 'b=2'",
  "-d '' -d b",
  "--json '[1' --json ,2] -d 3",
  "-d a --json '}' -d b",
  "--data-urlencode 'a=b c&d~é*+' --data-urlencode '=x y' --data-urlencode 'p q' --data-urlencode =",
  "-d a -H 'content-type:' -H 'X-A;' -H 'X-C: ' -H 'X-D:v' -H 'X-E:  sp  ' -H foo -H 'bar; x'",
  "-d a -H 'Content-Type;'",
  "--json '{}' -H 'Content-Type: text/x' -H accept:",
  '-u me:secret -d a',
  "-u me:secret -H 'Authorization: Bearer x' -d a",
  '--oauth2-bearer token -d a',
  "-b 'a=1' -b 'b=2' -b jar -e 'http://r;auto' -d a",
  '-G -d a=1 -d b=2',
  "--url-query 'a=b c' --url-query +d=e -d x",
  '-XPUT -sSd a',
  '-X PATCH',
  "-d $'a\\nb\\x41\\u00e9\\101\\cA\\?\\q'",
  '-d "a\\"b\\\\c\\$d\\`e\\f\\\ng"',
  "-d a\\ b\\'c'd'\"e\"$ 2>/dev/null # f",
  "-d 'a#b' -A me | cat",
])('curl %s', async (rest) => {
  const command = `curl ${server.origin}/x?y=1 -s -A agent ${rest}`
  const arrived = await server.send('bash', command)
  const read = parseRequest(command)
  expect({ method: read.method, url: read.url }).toEqual({
    method: arrived.method,
    url: `${server.origin}${arrived.url}`,
  })
  expect(Buffer.from(read.body)).toEqual(arrived.body)
  const sent = entries(arrived.rawHeaders).filter(([name, value]) => !(name === 'Accept' && value === '*/*'))
  expect([...read.headers].sort()).toEqual(sent.sort())
})
