import { formatCurl } from '@countersign/core/explain'
import { describe, expect, it } from 'vitest'
import { rawHttp } from '../src/delivery/example.js'
import { NO_REQUEST, readRequest, summaryOf } from '../src/verify/request-form.js'

const BODY = '{"name":"café","quote":"it\'s"}\n'
const example = { url: 'https://receiver.example/hooks', headers: { 'X-Sig': 'abc=' }, body: BODY }
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('a request of the form', () => {
  it.each([
    ['raw HTTP', rawHttp(example).replaceAll('\r\n', '\n')],
    ['curl', formatCurl({ method: 'POST', ...example })],
    ['JSON', JSON.stringify({ headers: example.headers, body: BODY })],
  ])('is read from a paste: %s', (_, pasted) => {
    const request = readRequest({ ...NO_REQUEST, pasted })
    expect(text(request.body)).toBe(BODY)
    expect(request.headers).toContainEqual(['X-Sig', 'abc='])
  })

  it('is read in parts, the body as it is', () => {
    const request = readRequest({ ...NO_REQUEST, way: 'parts', headers: 'X-Sig:  abc= \n\nHost: a:1', body: BODY })
    expect(request.headers).toEqual([
      ['X-Sig', 'abc='],
      ['Host', 'a:1'],
    ])
    expect(text(request.body)).toBe(BODY)
    expect(summaryOf(request)).toBe('Read as headers and body: POST, 2 headers, a body of 32 bytes.')
  })

  it('leaves out what is copied along with headers, and is none', () => {
    const headers = ['POST /hooks?a=1 HTTP/1.1', ':method: POST', ':path: /hooks', 'x-sig: abc='].join('\n')
    expect(readRequest({ ...NO_REQUEST, way: 'parts', headers }).headers).toEqual([['x-sig', 'abc=']])
  })

  it("takes a file's bytes in place of the text beside it", () => {
    const bytes = new Uint8Array([0, 13, 10, 0xff])
    const request = readRequest({ ...NO_REQUEST, way: 'parts', body: 'x', bodyFile: { name: 'body.bin', bytes } })
    expect(request.body).toEqual(bytes)
  })

  it('names the line that is no header', () => {
    expect(() => readRequest({ ...NO_REQUEST, way: 'parts', headers: 'A: 1\nnonsense' })).toThrow('Header line 2')
  })
})
