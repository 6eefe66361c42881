import { CountersignError, createVerifier, type Keyring, secret } from '@countersign/core'
import { bitFlips, concat, flipBit } from './bytes.js'
import { expectRefused, expectThrown, expectVerified } from './expect.js'
import { digestOf, freshHeaders, headersWith } from './fresh-mac.js'
import { type HmacSubject, isHmac, judge, type Subject } from './subject.js'
import { ringWith, secretBytes, secretFrom } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'
import type { CheckedKey } from './vectors.js'

const BLOCK_BYTES = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 } as const

/** No other secret will do; where HMAC itself cannot tell two apart, the suite says so. */
export function secretCases(subject: Subject): readonly SuiteCase[] {
  return [...(isHmac(subject) ? hmacSecretCases(subject) : tokenSecretCases(subject)), ...emptySecretCases(subject)]
}

function hmacSecretCases(subject: HmacSubject): readonly SuiteCase[] {
  const bytes = secretBytes(subject.key)
  const others = [
    ...bitFlips(bytes.length).map(({ name, index, bit }) => ({
      name: `${name} flipped`,
      bytes: flipBit(bytes, index, bit),
    })),
    // A NUL that is cut off is one that HMAC pads with again.
    ...(bytes.at(-1) === 0 ? [] : [{ name: 'cut by its last byte', bytes: bytes.slice(0, -1) }]),
    { name: 'cut by its first byte', bytes: bytes.slice(1) },
    { name: 'with a byte behind it', bytes: concat(bytes, 'x') },
    { name: 'with a line break behind it', bytes: concat(bytes, '\n') },
  ]
  return [
    ...others
      .filter((other) => other.bytes.length > 0)
      .map((other) => refusedCase(subject, other.name, ringWith(subject, secretFrom(other.bytes)))),
    ...textCases(subject),
    ...identityCases(subject, bytes),
  ]
}

/** HMAC pads a key with NULs up to the block of its hash, and replaces a longer one by its digest (RFC 2104, section 2). */
function identityCases(subject: HmacSubject, bytes: Uint8Array): readonly SuiteCase[] {
  const { hash } = subject.scheme
  const withNul = ringWith(subject, secretFrom(concat(bytes, '\0')))
  if (bytes.length < BLOCK_BYTES[hash]) {
    return [
      suiteCase('secret: with a NUL behind it verifies: HMAC pads keys with NULs, so these two are one', async () => {
        await expectVerified(subject, { ring: withNul })
      }),
    ]
  }
  const nul = refusedCase(subject, 'as long as the block of the hash or longer, with a NUL behind it', withNul)
  if (bytes.length === BLOCK_BYTES[hash]) return [nul]
  return [
    nul,
    suiteCase('secret: its digest verifies: HMAC replaces long keys by theirs, so these two are one', async () => {
      await expectVerified(subject, { ring: ringWith(subject, secretFrom(await digestOf(hash, bytes))) })
    }),
  ]
}

/** Flips within the text, as far as it then is a secret still: a token is compared as text. */
function tokenSecretCases(subject: Subject): readonly SuiteCase[] {
  const { secret: text } = subject.key
  const flips = bitFlips(text.length).map(({ name, index, bit }) => ({
    name: `${name.replace('byte', 'character')} flipped`,
    text: text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ (1 << bit)) + text.slice(index + 1),
  }))
  const others = [
    ...flips,
    { name: 'cut by its last character', text: text.slice(0, -1) },
    { name: 'with a character behind it', text: `${text}x` },
    { name: 'with a NUL behind it', text: `${text}\0` },
  ]
  const legal = others.flatMap((other) => {
    const ring = legalRing(subject, other.text)
    return ring === undefined ? [] : [refusedCase(subject, other.name, ring)]
  })
  return [...legal, ...textCases(subject)]
}

/** Other letter case: hex does not mind it. */
function textCases(subject: Subject): readonly SuiteCase[] {
  const { secret: text, encoding = 'utf8' } = subject.key
  if (encoding !== 'utf8') return []
  return [
    { name: 'in upper case', text: text.toUpperCase() },
    { name: 'in lower case', text: text.toLowerCase() },
  ].flatMap((other) => {
    const ring = other.text === text ? undefined : legalRing(subject, other.text)
    return ring === undefined ? [] : [refusedCase(subject, other.name, ring)]
  })
}

/** Undefined where the core takes no such secret. */
function legalRing(subject: Subject, text: string): Keyring | undefined {
  try {
    const ring = ringWith(subject, secret(text, { minBytes: 1 }))
    createVerifier(subject.provider, { keys: ring })
    return ring
  } catch (error) {
    if (error instanceof CountersignError) return undefined
    throw error
  }
}

function refusedCase(subject: Subject, name: string, ring: Keyring): SuiteCase {
  return suiteCase(`secret: ${name} is refused`, async () => {
    // Its own signature alone: a secret with one bit flipped may be another's, whose signature stands beside it.
    const headers = isHmac(subject) ? await freshHeaders(subject) : headersWith(subject, () => tokenText(subject.key))
    await expectRefused(judge(subject, { ring, headers }), 'no-matching-key')
  })
}

/** HTTP carries bytes, and shows each as the character of that number. */
function tokenText(key: CheckedKey): string {
  return Array.from(secretBytes(key), (byte) => String.fromCharCode(byte)).join('')
}

/** Before any delivery: a verifier with such a secret is not made. */
function emptySecretCases({ key, provider }: Subject): readonly SuiteCase[] {
  return [
    { name: 'empty (defect: an empty secret passes)', text: '' },
    { name: 'of white space only', text: ' \t ' },
    { name: 'with a line break behind it, as files have,', text: `${key.secret}\n` },
  ].map(({ name, text }) =>
    suiteCase(`secret: ${name} throws secret-malformed`, async () => {
      const keys = key.slot === undefined ? text : { [key.slot]: text }
      await expectThrown(() => createVerifier(provider, { keys }), 'secret-malformed')
    }),
  )
}
