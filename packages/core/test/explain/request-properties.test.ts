import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCurl, parseRequest } from '../../src/explain.js'
import { CountersignError } from '../../src/index.js'
import { anyDocument, anyPaste, anyRequest } from './request-arbitraries.js'

/** A request, or `request-unreadable`: nothing else, whatever is pasted. */
function isReadOrRefused(input: string | Uint8Array): void {
  try {
    const { method, url, headers, body, warnings } = parseRequest(input)
    expect([typeof method, typeof url, body instanceof Uint8Array]).toEqual(['string', 'string', true])
    expect([...headers.flat(), ...warnings].every((text) => typeof text === 'string')).toBe(true)
  } catch (error) {
    if (!(error instanceof CountersignError && error.code === 'request-unreadable')) throw error
  }
}

const runs = { numRuns: Number(process.env.COUNTERSIGN_FUZZ_RUNS ?? 500) }

test('a paste is read or refused', () => {
  fc.assert(fc.property(anyPaste, isReadOrRefused), runs)
})

test('a document is read or refused', () => {
  fc.assert(
    fc.property(anyDocument, (document) => isReadOrRefused(JSON.stringify(document))),
    runs,
  )
})

test('bytes are read or refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), isReadOrRefused), runs)
})

test('what formatCurl writes is read back', () => {
  const isReadBack = fc.property(anyRequest('https://h.example'), (request) => {
    const read = parseRequest(formatCurl(request))
    expect({ ...read, headers: Object.fromEntries(read.headers) }).toEqual({
      format: 'curl',
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body,
      warnings: read.warnings.filter((warning) => warning.includes('U+FFFD')),
    })
  })
  fc.assert(isReadBack, runs)
})

test('raw HTTP is read back', () => {
  const isReadBack = fc.property(
    anyRequest('https://h.example'),
    fc.constantFrom('\n', '\r\n'),
    (request, lineBreak) => {
      const body = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
      const head = [`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join(lineBreak)
      const read = parseRequest(Buffer.concat([Buffer.from(head, 'latin1'), body]))
      expect(read).toMatchObject({ method: request.method, url: request.url, headers: Object.entries(request.headers) })
      expect(read.body).toEqual(body)
    },
  )
  fc.assert(isReadBack, runs)
})
