import type { HeadersInput } from '@countersign/core'
import { createVerifier } from '@countersign/core'
import { assuranceOf, expectAccepted, expectRefused, expectVerified } from './expect.js'
import { judge, type Subject, unsignedHeaders } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const MAX_HEADER_LENGTH = 8 * 1024

/** Headers are the same in whatever case and container; a signature is where the vendor puts it, and nowhere else. */
export function headerCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...verifiedForms(subject).map(({ name, headers }) =>
      suiteCase(`headers: ${name} verify`, async () => {
        await expectVerified(subject, { headers: headers() })
      }),
    ),
    ...requestCases(subject),
    ...absentCases(subject),
    overlongCase(subject),
  ]
}

interface Form {
  readonly name: string
  /** Made when it is asked for: a runtime may lack a class. */
  headers(): HeadersInput
}

function verifiedForms({ headers }: Subject): readonly Form[] {
  const entries = Object.entries(headers)
  return [
    { name: 'names in lower case', headers: () => renamed(headers, (name) => name.toLowerCase()) },
    { name: 'names in upper case', headers: () => renamed(headers, (name) => name.toUpperCase()) },
    { name: 'names in mixed case', headers: () => renamed(headers, mixedCase) },
    { name: 'in an object without a prototype', headers: () => Object.assign(Object.create(null), headers) },
    { name: 'in a frozen object', headers: () => Object.freeze({ ...headers }) },
    { name: 'with lists of one, as some servers give,', headers: () => mapValues(headers, (text) => [text]) },
    {
      name: 'beside others',
      headers: () => ({ host: 'receiver.example', ...headers, cookie: 'a=1', accept: undefined }),
    },
    { name: 'in a list of entries', headers: () => entries },
    { name: 'in a Map', headers: () => new Map(entries) },
    { name: 'from a generator', headers: () => generated(entries) },
    { name: 'in an object with only get(), like the Headers of another library', headers: () => onlyGet(entries) },
    ...(isByteText(entries) ? [{ name: 'in Headers', headers: () => new Headers(headers) }] : []),
  ]
}

function renamed(headers: Readonly<Record<string, string>>, rename: (name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [rename(name), text]))
}

/** Every other letter: no proxy writes it, and none need be expected to. */
function mixedCase(name: string): string {
  return [...name].map((letter, at) => (at % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join('')
}

function mapValues<Value>(headers: Readonly<Record<string, string>>, map: (text: string) => Value) {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, map(text)]))
}

function* generated(entries: readonly [string, string][]) {
  yield* entries
}

function onlyGet(entries: readonly [string, string][]): { get(name: string): string | null } {
  return { get: (wanted) => entries.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1] ?? null }
}

/** Of what `Headers` takes: bytes, and no white space at an edge, which it cuts off. */
function isByteText(entries: readonly [string, string][]): boolean {
  return entries.every(([, text]) => text.trim() === text && [...text].every((one) => one > '\x1f' && one < '\u0100'))
}

function requestCases(subject: Subject): readonly SuiteCase[] {
  const { vector, provider, scheme, ring, headers, body } = subject
  if (!isByteText(Object.entries(headers)) || (vector.method ?? 'POST') === 'GET') return []
  const url = vector.url ?? 'https://receiver.example/'
  return [
    suiteCase('headers: a web-standard Request verifies', async () => {
      const request = new Request(url, { method: vector.method ?? 'POST', headers, body })
      const verifier = createVerifier(provider, { keys: ring, now: () => vector.now })
      const { keyId, keyState } = vector
      await expectAccepted(verifier.verify(request), { keyId, keyState, assurance: assuranceOf(scheme.kind) })
    }),
  ]
}

function absentCases(subject: Subject): readonly SuiteCase[] {
  const rest = unsignedHeaders(subject)
  const moved = (rename: (name: string) => string) => ({
    ...rest,
    ...Object.fromEntries(subject.signatures.map(({ name, text }) => [rename(name), text])),
  })
  return [
    { name: 'without a signature', headers: rest },
    { name: 'with the signature under a longer name', headers: moved((name) => `${name}-2`) },
    { name: 'with the signature under a shorter name', headers: moved((name) => name.slice(0, -1)) },
    { name: 'with the signature in an inherited property', headers: Object.create(subject.headers) as HeadersInput },
  ].map(({ name, headers }) =>
    suiteCase(`headers: ${name} are missing-signature`, async () => {
      await expectRefused(judge(subject, { headers }), 'missing-signature')
    }),
  )
}

function overlongCase(subject: Subject): SuiteCase {
  return suiteCase('headers: a signature header of more than 8 KiB is malformed-signature', async () => {
    const long = subject.signatures.map(({ name, text }) => [name, text.padEnd(MAX_HEADER_LENGTH + 1)])
    const headers = { ...subject.headers, ...Object.fromEntries(long) }
    await expectRefused(judge(subject, { headers }), 'malformed-signature')
  })
}
