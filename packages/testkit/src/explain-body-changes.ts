import { utf8 } from './bytes.js'
import { toBase64 } from './digest-text.js'

/** What was signed, and what something on the way made of it. */
export interface BodyChange {
  readonly name: string
  readonly code: string
  readonly says?: string
  readonly signed: string | Uint8Array
  readonly received: string | Uint8Array
}

const RESERIALISED = 'body-reserialised'
// A key that JavaScript would put first, a number that it would write otherwise, non-ASCII and a slash.
const COMPACT = '{"b":1.0,"10":[true,null,{}],"url":"https://a.example/x","name":"Zoë"}'
const TWO_SPACE = `{
  "b": 1.0,
  "10": [
    true,
    null,
    {}
  ],
  "url": "https://a.example/x",
  "name": "Zoë"
}`
const ONE_LINE = '{"b": 1.0, "10": [true, null, {}], "url": "https://a.example/x", "name": "Zoë"}'
const SORTED = '{"10":[true,null,{}],"b":1.0,"name":"Zoë","url":"https://a.example/x"}'
const NON_ASCII_ESCAPED = COMPACT.replace('ë', '\\u00eb')
const SLASHES_ESCAPED = COMPACT.replaceAll('/', '\\/')
const FORM = 'name=Zo%C3%AB&amount=12+EUR'

/** What people and their tools do to bodies, each with what must be said of it. */
export const BODY_CHANGES: readonly BodyChange[] = [
  {
    name: 'two-space JSON made compact',
    code: RESERIALISED,
    says: 'two-space JSON',
    signed: TWO_SPACE,
    received: COMPACT,
  },
  {
    name: 'compact JSON made two-space',
    code: RESERIALISED,
    says: 'compact JSON',
    signed: COMPACT,
    received: TWO_SPACE,
  },
  {
    name: 'JSON with blanks made compact',
    code: RESERIALISED,
    says: 'on one line',
    signed: ONE_LINE,
    received: COMPACT,
  },
  {
    name: 'four-space JSON made compact',
    code: RESERIALISED,
    says: 'four-space',
    signed: TWO_SPACE.replaceAll('  ', '    '),
    received: COMPACT,
  },
  {
    name: 'tabs made compact',
    code: RESERIALISED,
    says: 'tab-indented',
    signed: TWO_SPACE.replaceAll('  ', '\t'),
    received: COMPACT,
  },
  { name: 'keys in another order', code: RESERIALISED, says: 'keys sorted', signed: SORTED, received: COMPACT },
  {
    name: 'escaped non-ASCII unescaped',
    code: RESERIALISED,
    says: 'non-ASCII characters escaped',
    signed: NON_ASCII_ESCAPED,
    received: COMPACT,
  },
  {
    name: 'non-ASCII escaped',
    code: RESERIALISED,
    says: 'nothing escaped',
    signed: COMPACT,
    received: NON_ASCII_ESCAPED,
  },
  {
    name: 'escaped slashes unescaped',
    code: RESERIALISED,
    says: 'slashes escaped',
    signed: SLASHES_ESCAPED,
    received: COMPACT,
  },
  {
    name: 'slashes and non-ASCII, as PHP escapes them',
    code: RESERIALISED,
    says: 'non-ASCII characters and slashes',
    signed: SLASHES_ESCAPED.replace('ë', '\\u00eb'),
    received: COMPACT,
  },
  {
    name: 'characters of HTML, as Go escapes them',
    code: RESERIALISED,
    says: '<, > and &',
    signed: '{"a":"\\u003cb\\u003e"}',
    received: '{"a":"<b>"}',
  },
  {
    name: 'a line break added',
    code: 'body-newline',
    says: 'without the line break',
    signed: COMPACT,
    received: `${COMPACT}\n`,
  },
  {
    name: 'a line break taken off',
    code: 'body-newline',
    says: 'plus a line feed',
    signed: `${COMPACT}\n`,
    received: COMPACT,
  },
  {
    name: 'CRLF taken off',
    code: 'body-newline',
    says: 'carriage return',
    signed: `${COMPACT}\r\n`,
    received: COMPACT,
  },
  {
    name: 'LF made CRLF',
    code: 'body-line-ends',
    says: 'in LF',
    signed: TWO_SPACE,
    received: TWO_SPACE.replaceAll('\n', '\r\n'),
  },
  {
    name: 'CRLF made LF',
    code: 'body-line-ends',
    says: 'in CRLF',
    signed: TWO_SPACE.replaceAll('\n', '\r\n'),
    received: TWO_SPACE,
  },
  { name: 'a byte order mark added', code: 'body-bom', says: 'without', signed: COMPACT, received: `\ufeff${COMPACT}` },
  {
    name: 'a byte order mark taken off',
    code: 'body-bom',
    says: 'plus',
    signed: `\ufeff${COMPACT}`,
    received: COMPACT,
  },
  {
    name: 'UTF-8 read as latin1',
    code: 'body-charset',
    says: 'read as latin1',
    signed: COMPACT,
    received: COMPACT.replace('ë', 'Ã«'),
  },
  {
    name: 'UTF-8 read as windows-1252',
    code: 'body-charset',
    says: 'read as latin1',
    signed: '{"price":"5 €"}',
    received: '{"price":"5 â‚¬"}',
  },
  {
    name: 'UTF-8 written as latin1',
    code: 'body-charset',
    says: 'in UTF-8',
    signed: COMPACT,
    received: latin1(COMPACT),
  },
  {
    name: 'characters put together',
    code: 'body-charset',
    says: 'NFD',
    signed: COMPACT.normalize('NFD'),
    received: COMPACT,
  },
  {
    name: 'a form made JSON',
    code: 'body-form',
    says: 'field for each key',
    signed: FORM,
    received: '{"name":"Zoë","amount":"12 EUR"}',
  },
  {
    name: 'the JSON of a form, taken out of it',
    code: 'body-form',
    says: "field 'payload'",
    signed: `payload=${encodeURIComponent('{"a":1}')}`,
    received: '{"a":1}',
  },
  {
    name: 'JSON put into a form',
    code: 'body-form',
    says: 'field "payload" of the form',
    signed: COMPACT,
    received: `payload=${encodeURIComponent(COMPACT)}`,
  },
  {
    name: 'blanks of a form written as %20',
    code: 'body-form',
    says: 'the other way',
    signed: FORM,
    received: FORM.replaceAll('+', '%20'),
  },
  {
    name: 'base64 of a gateway',
    code: 'body-base64',
    says: 'decoded from base64',
    signed: COMPACT,
    received: toBase64(utf8(COMPACT)),
  },
  {
    name: 'JSON inside of a JSON string',
    code: 'body-wrapped',
    says: 'inside of this JSON string',
    signed: COMPACT,
    received: JSON.stringify(COMPACT),
  },
]

/** Characters as the bytes of their numbers. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
