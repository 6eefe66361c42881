import type { BodyInput } from '@countersign/core'
import { bitFlips, concat, flipBit, sameBytes, utf8 } from './bytes.js'
import { expectRefused, expectVerified } from './expect.js'
import { type HmacSubject, judge } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf)

/** Any other body is refused; the same bytes in another container are not another body. */
export function bodyCases(subject: HmacSubject): readonly SuiteCase[] {
  const others = [...flipped(subject.body), ...resized(subject.body), ...rewritten(subject.body)]
  const differing = others.filter(({ body }) => !sameBytes(body, subject.body))
  return [
    ...differing.map(({ name, body }) =>
      suiteCase(`body: ${name} is refused`, async () => {
        await expectRefused(judge(subject, { body }), 'no-matching-key')
      }),
    ),
    ...containers(subject.body).map(({ name, body }) =>
      suiteCase(`body: the same bytes as ${name} verify`, async () => {
        await expectVerified(subject, { body })
      }),
    ),
    suiteCase('body: more bytes than maxBodyBytes are refused as body-too-large, whatever is signed', async () => {
      await expectRefused(
        judge(subject, { body: concat(subject.body, 'x'), maxBodyBytes: subject.body.length }),
        'body-too-large',
      )
    }),
  ]
}

interface NamedBody {
  readonly name: string
  readonly body: Uint8Array
}

function flipped(body: Uint8Array): readonly NamedBody[] {
  return bitFlips(body.length).map(({ name, index, bit }) => ({
    name: `${name} flipped`,
    body: flipBit(body, index, bit),
  }))
}

function resized(body: Uint8Array): readonly NamedBody[] {
  return [
    { name: 'one byte appended', body: concat(body, 'x') },
    { name: 'a NUL appended', body: concat(body, '\0') },
    { name: 'the last byte dropped', body: body.slice(0, -1) },
    { name: 'the first byte dropped', body: body.slice(1) },
    { name: 'nothing in its place', body: new Uint8Array() },
    { name: 'the body twice', body: concat(body, body) },
    { name: 'a byte order mark prepended', body: concat(BOM, body) },
    { name: 'a line break appended', body: concat(body, '\n') },
    { name: 'a line break prepended', body: concat('\n', body) },
  ]
}

/** What body parsers and proxies make of a body on the way. */
function rewritten(body: Uint8Array): readonly NamedBody[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  return [
    { name: 'the body decoded as UTF-8 and encoded again', body: utf8(text) },
    { name: 'line breaks written as CRLF', body: utf8(text.replaceAll(/\r?\n/g, '\r\n')) },
    { name: 'line breaks written as LF', body: utf8(text.replaceAll('\r\n', '\n')) },
    ...reserialised(text),
  ]
}

function reserialised(text: string): readonly NamedBody[] {
  try {
    const json: unknown = JSON.parse(text)
    return [
      { name: 'its JSON serialised anew', body: utf8(JSON.stringify(json)) },
      { name: 'its JSON serialised anew with indentation', body: utf8(JSON.stringify(json, undefined, 2)) },
    ]
  } catch {
    return []
  }
}

function containers(body: Uint8Array): readonly { name: string; body: BodyInput }[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  const roomy = concat('before', body, 'behind')
  return [
    { name: 'an ArrayBuffer', body: body.slice().buffer },
    { name: 'a view into a larger buffer', body: roomy.subarray(6, 6 + body.length) },
    ...(sameBytes(utf8(text), body) ? [{ name: 'text', body: text }] : []),
    ...(body.length === 0 ? [null, undefined].map((none) => ({ name: String(none), body: none })) : []),
  ]
}
