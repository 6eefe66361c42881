import { concat, flipBit, utf8 } from './bytes.js'
import { expectRefused, expectThat, expectVerified } from './expect.js'
import { rewrite } from './signature-header.js'
import { judge, type Subject } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** In token mode nothing ties the body to the secret; the suite shows it, and that the verdict admits it. */
export function tokenBodyCases(subject: Subject): readonly SuiteCase[] {
  const others = [
    { name: 'a byte appended', body: concat(subject.body, 'x') },
    { name: 'a bit flipped', body: flipBit(concat(subject.body, 'x'), 0, 0) },
    { name: 'another body in its place', body: utf8('{"another":"body"}') },
    { name: 'nothing in its place', body: new Uint8Array() },
  ]
  return others.map(({ name, body }) =>
    suiteCase(`body: ${name} IS accepted, for a token signs nothing: assurance is 'shared-token'`, async () => {
      const verdict = await expectVerified(subject, { body })
      expectThat(verdict.assurance === 'shared-token', "assurance 'shared-token'", `'${verdict.assurance}'`)
      expectThat(verdict.timestamp === undefined, 'no timestamp, as none is signed', String(verdict.timestamp))
      expectThat(verdict.deliveryId === undefined, 'no delivery id, as none is signed', String(verdict.deliveryId))
    }),
  )
}

/** Any other token is refused. */
export function tokenCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...wrongTokens(subject).map(({ name, write }) =>
      suiteCase(`token: ${name} is refused`, async () => {
        // A comma may have come in: then it reads as two tokens. A NUL or nothing is not even one.
        const reasons = ['no-matching-key', 'malformed-signature', 'ambiguous-signature'] as const
        await expectRefused(judge(subject, { headers: tokenHeaders(subject, write) }), ...reasons)
      }),
    ),
    ...prefixCases(subject),
  ]
}

interface WrongToken {
  readonly name: string
  write(token: string): string
}

function wrongTokens({ signatures }: Subject): readonly WrongToken[] {
  const tokens = signatures.flatMap(({ candidates }) => candidates.map(({ text }) => text))
  const others: readonly WrongToken[] = [
    ...(['first', 'middle', 'last'] as const).flatMap((place) =>
      Array.from({ length: 8 }, (_, bit) => ({
        name: `bit ${bit} of its ${place} character flipped`,
        write: (token: string) => flipCharacter(token, place, bit),
      })),
    ),
    { name: 'cut by its last character', write: (token) => token.slice(0, -1) },
    { name: 'cut by its first character', write: (token) => token.slice(1) },
    { name: 'cut to half', write: (token) => token.slice(0, token.length >> 1) },
    { name: 'with a character behind it', write: (token) => `${token}x` },
    { name: 'with a NUL behind it', write: (token) => `${token}\0` },
    { name: 'with a space behind it', write: (token) => `${token} ` },
    { name: 'with a space before it', write: (token) => ` ${token}` },
    { name: 'in upper case', write: (token) => token.toUpperCase() },
    { name: 'in lower case', write: (token) => token.toLowerCase() },
    { name: 'empty', write: () => '' },
    { name: 'twice on end', write: (token) => token + token },
    {
      name: 'with a character whose low byte is the right one',
      write: (token) => String.fromCharCode(0x100 + token.charCodeAt(0)) + token.slice(1),
    },
  ]
  return others.filter(({ write }) => tokens.every((token) => write(token) !== token))
}

function flipCharacter(token: string, place: 'first' | 'middle' | 'last', bit: number): string {
  const at = place === 'first' ? 0 : place === 'last' ? token.length - 1 : token.length >> 1
  return token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << bit)) + token.slice(at + 1)
}

function tokenHeaders(subject: Subject, write: (token: string) => string): Record<string, string> {
  const written = subject.signatures.map((header) => [
    header.name,
    rewrite(header, { candidate: ({ text }) => write(text) }),
  ])
  return { ...subject.headers, ...Object.fromEntries(written) }
}

function prefixCases(subject: Subject): readonly SuiteCase[] {
  const prefixed = subject.signatures.filter(({ prefix }) => prefix !== '')
  if (prefixed.length === 0) return []
  return [
    suiteCase('token: without its prefix is malformed-signature', async () => {
      const bare = prefixed.map(({ name, text, prefix }) => [name, text.slice(prefix.length)])
      const headers = { ...subject.headers, ...Object.fromEntries(bare) }
      await expectRefused(judge(subject, { headers }), 'malformed-signature')
    }),
  ]
}
