import { keyring, secret } from '@countersign/core'
import { concat, includesBytes, utf8 } from './bytes.js'
import { expectRefused, expectThat, expectThrown, expectVerified } from './expect.js'
import { freshHeaders, signedContent } from './fresh-mac.js'
import { type HmacSubject, isHmac, judge, type Subject } from './subject.js'
import { ringWith, soleRing } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const HOUR_MS = 60 * 60 * 1000

/** Defects that verifiers in the field have, beside those that other cases carry in their names. */
export function peerDefectCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...endedKeyCases(subject),
    triedKeysCase(subject),
    ...(isHmac(subject) ? [...bodyCases(subject), binaryBodyCase(subject), ...secretCases(subject)] : []),
  ]
}

/** The ones that no delivery has a part in. */
export function secretTypoCases(): readonly SuiteCase[] {
  return ['c2Vjc*V0LXNlY3JldA==', 'c2VjcmV0LXNlY3JldA', 'c2VjcmV0LXNlY3JldB==', '===='].map((text) =>
    suiteCase(`defect: a typo in a base64 secret (${text}) leaves a shorter key; here it throws`, async () => {
      const error = await expectThrown(() => secret(text, { encoding: 'base64' }), 'secret-malformed')
      expectThat(error.message.includes('base64'), 'a message that names the encoding', error.message)
    }),
  )
}

/** Defect: the first key's error is swallowed, so the reported reason is that of the last. */
function endedKeyCases(subject: Subject): readonly SuiteCase[] {
  const { key, vector } = subject
  const ended = [
    { name: 'expired an hour ago', dates: { notAfter: vector.now - HOUR_MS }, reason: 'key-expired' as const },
    { name: 'was revoked', dates: { revokedAt: vector.now - HOUR_MS }, reason: 'key-revoked' as const },
  ]
  return ended.map(({ name, dates, reason }) =>
    suiteCase(
      `defect: a key's error is swallowed; one that matches and ${name}, beside another, is ${reason}`,
      async () => {
        const [matching] = soleRing(subject, dates).keys
        const ring = keyring([...(matching ? [matching] : []), otherKey(subject)])
        const { detail } = await expectRefused(judge(subject, { ring }), reason)
        expectThat(detail.includes(`'${key.id}'`), `a detail that names key '${key.id}'`, detail)
      },
    ),
  )
}

function triedKeysCase(subject: Subject): SuiteCase {
  return suiteCase('defect: a key that was tried is not named; here the detail names all of them', async () => {
    const others = ['', '-2'].map((suffix) => ({ ...otherKey(subject), id: `other-key${suffix}` }))
    const { detail } = await expectRefused(judge(subject, { ring: keyring(others) }), 'no-matching-key')
    for (const { id } of others) expectThat(detail.includes(`'${id}'`), `a detail that names key '${id}'`, detail)
  })
}

function otherKey({ key }: Subject) {
  return { id: 'other-key', secret: 'nothing-was-signed-with-this', slot: key.slot }
}

const BODIES: readonly { name: string; body: Uint8Array }[] = [
  { name: 'the patterns of a string replacement, $& and $$,', body: utf8('{"a":"$& $$ $1 $` $\'"}') },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the body
  { name: 'the placeholders of templates', body: utf8('{"a":"${body} {body} {{body}} %s %d \\u0041"}') },
  { name: 'CRLF, a lone CR and white space at its edges', body: utf8(' \r\n{"a":\r1}\r\n\t ') },
  { name: 'a byte order mark', body: concat(Uint8Array.of(0xef, 0xbb, 0xbf), '{"a":1}') },
  { name: 'NULs', body: utf8('\0{"a":"\0"}\0') },
  { name: 'bytes that are not UTF-8', body: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  { name: 'white space and numbers that JSON would write otherwise', body: utf8('{ "a" : 1.0, "b": 1e2, "a": 2 }') },
  { name: 'characters beyond the BMP', body: utf8('{"a":"🚀 Größe é e\u0301"}') },
  { name: 'no bytes at all', body: new Uint8Array() },
  { name: '100 KiB', body: new Uint8Array(100 * 1024).map((_, at) => at * 31) },
]

/** Defect: the body goes through text, a template, a parser. Whatever it holds, its bytes are what is signed. */
function bodyCases(subject: HmacSubject): readonly SuiteCase[] {
  return BODIES.map(({ name, body }) =>
    suiteCase(`defect: a body is not signed as it is; one of ${name} is, and verifies`, async () => {
      const content = signedContent(subject, { body })
      expectThat(includesBytes(content, body), "the body's own bytes in what `signed` gives", 'something else')
      await expectVerified(subject, { body, headers: await freshHeaders(subject, { body }) })
    }),
  )
}

function binaryBodyCase(subject: HmacSubject): SuiteCase {
  return suiteCase(
    'defect: bodies that decode to one text, 22 ff 22 and 22 fe 22, share a signature; here not',
    async () => {
      const body = Uint8Array.of(0x22, 0xff, 0x22)
      const other = Uint8Array.of(0x22, 0xfe, 0x22)
      const headers = await freshHeaders(subject, { body })
      await expectVerified(subject, { body, headers })
      await expectRefused(judge(subject, { body: other, headers }), 'no-matching-key')
    },
  )
}

/** Defect: a part of the secret is taken for a label, and cut off. */
function secretCases(subject: HmacSubject): readonly SuiteCase[] {
  const secrets = [
    { whole: 'live_secret_of_the_vendor', part: 'vendor', what: 'after its last _' },
    { whole: 'whsec_bm90IGRlY29kZWQ=', part: 'bm90IGRlY29kZWQ=', what: 'behind a prefix of another vendor' },
    { whole: 'secret:with:colons', part: 'colons', what: 'after its last colon' },
  ]
  return secrets.map(({ whole, part, what }) =>
    suiteCase(
      `defect: of a secret only the part ${what} is used; here all of it, and the part is refused`,
      async () => {
        const ring = ringWith(subject, whole)
        await expectVerified(subject, { ring, headers: await freshHeaders(subject, { secret: utf8(whole) }) })
        const headers = await freshHeaders(subject, { secret: utf8(part) })
        await expectRefused(judge(subject, { ring, headers }), 'no-matching-key')
      },
    ),
  )
}
