import type { Hash } from '@countersign/core'
import { utf8 } from './bytes.js'
import { DIGEST_BYTES, digestBytes, toBase64, toHex } from './digest-text.js'
import { mistakeCase } from './explain-mistake.js'
import { encodingOf, freshMac } from './fresh-mac.js'
import { rewrite } from './signature-header.js'
import { type HmacSubject, isHmac, type Subject } from './subject.js'
import { secretBytes } from './subject-keys.js'
import type { SuiteCase } from './suite-case.js'

/** The right MAC, written as the vendor does not. */
export function explainDigestCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  return [...spellingCases(subject), ...hashCases(subject), ...placeCases(subject), ...plainHashCases(subject)]
}

type Writing = (bytes: Uint8Array, canonical: string) => string

const SPELLINGS: Readonly<
  Record<'hex' | 'base64', readonly (readonly [name: string, code: string, says: string, Writing])[]>
> = {
  hex: [
    ['base64', 'digest-encoding', 'read as base64, where hex is expected', (bytes) => toBase64(bytes)],
    ['upper-case hex', 'digest-case', 'in lower case', (_, text) => text.toUpperCase()],
    ['the base64 of its hex', 'digest-encoding', 'base64 of hex', (_, text) => toBase64(utf8(text))],
    ['half of it', 'digest-cut', 'of which only the first', (_, text) => text.slice(0, text.length / 2)],
  ],
  base64: [
    ['hex', 'digest-encoding', 'read as hex, where base64 is expected', (bytes) => toHex(bytes)],
    ['base64url', 'digest-encoding', 'base64', (_, text) => text.replaceAll('+', '-').replaceAll('/', '_')],
    ['base64 without padding', 'digest-encoding', 'base64', (_, text) => text.replaceAll('=', '')],
    ['the base64 of its hex', 'digest-encoding', 'base64 of hex', (bytes) => toBase64(utf8(toHex(bytes)))],
  ],
}

function spellingCases(subject: HmacSubject): readonly SuiteCase[] {
  const encoding = encodingOf(subject)
  return SPELLINGS[encoding]
    .filter(([, , , write]) => texts(subject).some((text) => writeWith(write, text, encoding) !== text))
    .map(([name, code, says, write]) =>
      mistakeCase(subject, `a signature as ${name}`, { code, says }, () => ({
        headers: withTexts(subject, (text) => writeWith(write, text, encoding)),
      })),
    )
}

function writeWith(write: Writing, text: string, encoding: 'hex' | 'base64'): string {
  return write(digestBytes(text, encoding) ?? new Uint8Array(), text)
}

function texts({ signatures }: HmacSubject): readonly string[] {
  return signatures.flatMap(({ candidates }) => candidates.map(({ text }) => text))
}

/** The vector's headers with each signature's text written otherwise, whatever the vendor does. */
function withTexts(subject: HmacSubject, write: (text: string) => string): Record<string, string> {
  const written = subject.signatures.map((signature) => [
    signature.name,
    rewrite(signature, { candidate: ({ text }) => write(text) }),
  ])
  return { ...subject.headers, ...Object.fromEntries(written) }
}

function hashCases(subject: HmacSubject): readonly SuiteCase[] {
  const { hash } = subject.scheme
  return (Object.keys(DIGEST_BYTES) as Hash[])
    .filter((other) => other !== hash)
    .map((other) =>
      mistakeCase(
        subject,
        `a MAC by ${other}`,
        { code: 'other-hash', says: `HMAC-${other.toUpperCase()}, where` },
        async () => {
          const mac = await freshMac(subject, { hash: other })
          return { headers: withTexts(subject, () => mac) }
        },
      ),
    )
}

/** In the right header, and not at its place there. */
function placeCases(subject: HmacSubject): readonly SuiteCase[] {
  const [signature] = subject.signatures
  if (signature === undefined) return []
  const change = (name: string, code: string, write: (text: string, mac: string) => string) =>
    mistakeCase(subject, name, { code }, async () => {
      const mac = await freshMac(subject)
      const written = subject.signatures.map((one) => [one.name, write(one.text, mac)])
      return { headers: { ...subject.headers, ...Object.fromEntries(written) } }
    })
  if (signature.isParsed) return grammarCases(subject, (code) => change('a signature alone', code, (_, mac) => mac))
  const { prefix } = signature
  return [
    change('a header that came twice', 'signature-repeated', (text) => `${text}, ${text}`),
    change('a blank behind the signature', 'header-white-space', (text) => `${text} `),
    ...(prefix === '' ? [] : [change(`a signature without '${prefix}'`, 'digest-prefix', (_, mac) => mac)]),
    change('a signature with a prefix of another vendor', 'digest-prefix', (_, mac) => `v0=${mac}`),
  ]
}

/** Without its label, or its stamp. Where a header is signatures and what separates them, one alone is no fault. */
function grammarCases(subject: HmacSubject, bare: (code: string) => SuiteCase): readonly SuiteCase[] {
  const { timestamp, signature } = subject.scheme
  if ([signature].flat().some(({ separator }) => separator !== undefined)) return []
  const isStampGone = timestamp !== undefined && timestamp.header === undefined
  return [bare(isStampGone ? 'signature-malformed' : 'signature-form')]
}

function plainHashCases(subject: HmacSubject): readonly SuiteCase[] {
  const names = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const
  const { hash } = subject.scheme
  return [
    mistakeCase(subject, 'a plain hash of secret and body', { code: 'plain-digest', says: 'no HMAC' }, async () => {
      const content = new Uint8Array([...secretBytes(subject.key), ...subject.body])
      const digest = new Uint8Array(await crypto.subtle.digest(names[hash], content))
      const text = encodingOf(subject) === 'hex' ? toHex(digest) : toBase64(digest)
      return { headers: withTexts(subject, () => text) }
    }),
  ]
}
