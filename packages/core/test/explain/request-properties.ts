import { deepStrictEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { formatCurl, parseRequest } from '../../src/explain.js'
import { CountersignError } from '../../src/index.js'
import { anyDocument, anyPaste, anyRequest } from './request-arbitraries.js'

/** A request, or `request-unreadable`: nothing else, whatever is pasted. */
function isReadOrRefused(input: string | Uint8Array): void {
  try {
    const { method, url, headers, body, warnings } = parseRequest(input)
    deepStrictEqual([typeof method, typeof url, body instanceof Uint8Array], ['string', 'string', true])
    ok([...headers.flat(), ...warnings].every((text) => typeof text === 'string'))
  } catch (error) {
    if (!(error instanceof CountersignError && error.code === 'request-unreadable')) throw error
  }
}

const bytesOf = (body: string | Uint8Array) => (typeof body === 'string' ? new TextEncoder().encode(body) : body)

/** What holds for everything that is pasted, by name: some runs in the tests, very many in `npm run fuzz`. */
export const requestProperties = {
  'request-paste': fc.property(anyPaste, isReadOrRefused),

  'request-document': fc.property(anyDocument, (document) => isReadOrRefused(JSON.stringify(document))),

  'request-bytes': fc.property(fc.uint8Array({ maxLength: 100 }), isReadOrRefused),

  'request-curl-read-back': fc.property(anyRequest('https://h.example'), (request) => {
    const read = parseRequest(formatCurl(request))
    deepStrictEqual(
      { ...read, headers: Object.fromEntries(read.headers) },
      {
        format: 'curl',
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: bytesOf(request.body),
        warnings: read.warnings.filter((warning) => warning.includes('U+FFFD')),
      },
    )
  }),

  'request-http-read-back': fc.property(
    anyRequest('https://h.example'),
    fc.constantFrom('\n', '\r\n'),
    (request, lineBreak) => {
      const body = bytesOf(request.body)
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
      const head = [`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join(lineBreak)
      const read = parseRequest(Buffer.concat([Buffer.from(head, 'latin1'), body]))
      deepStrictEqual(
        [read.method, read.url, read.headers, Buffer.from(read.body)],
        [request.method, request.url, Object.entries(request.headers), Buffer.from(body)],
      )
    },
  ),
}
