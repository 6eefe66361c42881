import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/explain.js'
import { createVerifier, secret } from '../../src/index.js'
import { plainVendor } from '../vendors.js'
import { bytesOf, header, refusalOf, textOf } from './request.js'
import {
  body,
  chromiumBash,
  chromiumCmd,
  curlVerbose,
  firefoxEntry,
  firefoxPosix,
  lambdaEvent,
  loadBalancerEvent,
  ncDump,
} from './request-samples.js'

const SIGNATURE = ['t=1767225600,v1=9f86d081884c7d65']

describe('parseRequest recognises', () => {
  const samples: [string, string, string, string][] = [
    ['a dump of nc', ncDump, 'http', 'http://hooks.example:8080/hook?shop=7'],
    ['"Copy as cURL (bash)" of Chromium', chromiumBash, 'curl', 'https://hooks.example/hook?shop=7'],
    ['"Copy as cURL (POSIX)" of Firefox', firefoxPosix, 'curl', 'https://hooks.example/hook?shop=7'],
    ['a HAR entry of Firefox', JSON.stringify(firefoxEntry), 'har', 'https://hooks.example/hook?shop=7'],
    ['a HAR file', JSON.stringify({ log: { entries: [firefoxEntry] } }), 'har', 'https://hooks.example/hook?shop=7'],
    ['the request of a HAR entry', JSON.stringify(firefoxEntry.request), 'har', 'https://hooks.example/hook?shop=7'],
    ['a Lambda event', JSON.stringify(lambdaEvent), 'json', 'https://hooks.example/hook?shop=7'],
  ]

  test.each(samples)('%s', (_, input, format, url) => {
    const request = parseRequest(input)
    expect(request).toMatchObject({ format, method: 'POST', url, warnings: [] })
    expect(textOf(request)).toBe(body)
    expect(header(request, 'x-acme-signature')).toEqual(SIGNATURE)
    expect(header(request, 'content-type')).toEqual(['application/json'])
  })

  test.each(samples)('%s, as bytes with a byte order mark', (_, input) => {
    const marked = new TextEncoder().encode(`\ufeff${input}`)
    expect(parseRequest(marked)).toEqual(parseRequest(input))
  })

  test('"Copy as cURL (cmd)" of Chromium', () => {
    const request = parseRequest(chromiumCmd)
    expect(request).toMatchObject({ format: 'curl', method: 'POST', url: 'https://hooks.example/hook?shop=7&x=%41' })
    expect(textOf(request)).toBe('{"event":"order.paid","path":"C:\\\\x"}\n')
    expect(header(request, 'accept')).toEqual(['*/*'])
    expect(parseRequest(chromiumCmd.replaceAll('\n', '\r\n'))).toEqual(request)
  })

  test('what curl -v shows, and says that it shows no body', () => {
    const request = parseRequest(curlVerbose)
    expect(request).toMatchObject({ format: 'http', method: 'POST', url: 'http://hooks.example:8080/hook?shop=7' })
    expect(header(request, 'x-acme-signature')).toEqual(SIGNATURE)
    expect(request.body).toHaveLength(0)
    expect(request.warnings.join()).toMatch(/curl -v shows no body.*Content-Length says 44 bytes/s)
  })

  test('the event of a load balancer, with every value of a header', () => {
    const request = parseRequest(JSON.stringify(loadBalancerEvent))
    expect(request).toMatchObject({ format: 'json', method: 'POST', url: 'https://hooks.example/hook' })
    expect(header(request, 'x-acme-signature')).toEqual(['first', 'second'])
    expect(textOf(request)).toBe(body)
  })
})

test.each(['', ' \r\n\t', '\ufeff'])('nothing is said to be nothing: %j', (input) => {
  expect(refusalOf(input)).toMatch(/the input is empty/)
})

test.each(['\xef\xbbx', '\xefx\xbf', 'x\xbb\xbf'])('three bytes are no mark of byte order: %j', (mark) => {
  expect(refusalOf(Buffer.from(`${mark}{"headers":{}}`, 'latin1'))).toMatch(/line 1 is no header/)
})

// The MAC is of openssl: printf %s '{"id":1}' | openssl dgst -sha256 -hmac fake-explained-secret
test('a captured request is a delivery', async () => {
  const mac = '15f3e85d7ad1d59dd366f108093ed11f21713a20d58bc368cec9d58a5bd81063'
  const request = parseRequest(`X-Acme-Signature: ${mac}\n\n{"id":1}`)
  const verifier = createVerifier(plainVendor(), { keys: secret('fake-explained-secret') })
  expect(await verifier.verify(request)).toMatchObject({ ok: true })
})

describe('it warns', () => {
  test.each([
    ['raw HTTP', 'A: b\n\n\ufffd'],
    ['curl', "curl http://h -d '\ufffd'"],
    ['a HAR', JSON.stringify({ request: { headers: [], postData: { text: '\ufffd' } } })],
    ['JSON', JSON.stringify({ headers: {}, body: 'a\ufffdb' })],
    ['half a character', JSON.stringify({ headers: {}, body: 'a\ud800b' })],
    ['bytes as text', JSON.stringify({ headers: {}, bodyBase64: '77+9' })],
  ])('of U+FFFD in %s', (_, input) => {
    expect(parseRequest(input).warnings.join()).toMatch(/U\+FFFD/)
  })

  test('not of the first bytes of it', () => {
    expect(parseRequest(Buffer.from('A: b\n\n\xef\xbf\xbe\xef', 'latin1')).warnings).toEqual([])
  })

  test.each([
    ['curl', "curl http://h -H 'Content-Length: 3' -d 'four'"],
    [
      'a HAR',
      JSON.stringify({ request: { headers: [{ name: 'content-length', value: '3' }], postData: { text: 'four' } } }),
    ],
    ['JSON', JSON.stringify({ headers: { 'Content-Length': '3' }, body: 'four' })],
  ])('of a length that is another in %s', (_, input) => {
    expect(parseRequest(input).warnings.join()).toMatch(/Content-Length says 3 bytes, and the body has 4/)
  })
})

test('no refusal quotes what may be a token', () => {
  const inputs = [
    '{"headers":{"X-Token":"tok-4711"},}',
    '{"headers":{"X-Token":"tok-4711',
    'X-Token: tok-4711\nno header',
    "curl http://h -H 'X-Token: tok-4711' -d @file",
    "curl http://h -H 'X-Token: tok-4711' -d 'open",
    '{"headers":{"X-Token":"tok-4711\\u0000"}}',
    '{"headers":{"X-Token":["tok-4711", 7]}}',
  ]
  for (const input of inputs) expect(refusalOf(input)).not.toMatch(/4711/)
})

test('what refused base64 is the cause, and others have none', () => {
  const thrown = (input: string): Error => {
    try {
      parseRequest(input)
    } catch (error) {
      return error as Error
    }
    throw new Error('it was read')
  }
  expect(thrown('{"headers":{},"bodyBase64":"%"}').cause).toMatchObject({ name: 'InvalidCharacterError' })
  expect('cause' in thrown('{"headers":{},"body":7}')).toBe(false)
})

test('eight mebibytes are read', () => {
  const large = 'x'.repeat(8 * 1024 * 1024)
  const inputs = [
    `A: b\n\n${large}`,
    `curl http://h -d '${large}'`,
    `curl http://h -d "${large}"`,
    JSON.stringify({ headers: {}, body: large }),
  ]
  for (const input of inputs) expect(bytesOf(parseRequest(input)).length).toBe(large.length)
})

test('curl -v that ends with the headers shows no body', () => {
  const { warnings } = parseRequest('> POST /h HTTP/1.1\n> Host: a\n>\n')
  expect(warnings).toEqual([expect.stringMatching(/curl -v shows no body/)])
})

describe('curl -v whose output went to a file', () => {
  const progress = [
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
    '                                 Dload  Upload   Total   Spent    Left  Speed',
    '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:8080...',
  ].join('\n')

  test('is read behind the progress that it shows', () => {
    const sent =
      '> POST /hook HTTP/1.1\r\n> Host: hooks.example\r\n> X-Acme-Signature: abc\r\n> \r\n} [8 bytes data]\r\n'
    const request = parseRequest(`${progress}\n* Connected to 127.0.0.1\n${sent}`)
    expect(request).toMatchObject({ format: 'http', method: 'POST', url: 'http://hooks.example/hook' })
    expect(header(request, 'x-acme-signature')).toEqual(['abc'])
    expect(request.warnings.join()).toContain('curl -v shows no body')
  })
})
