import { concat, sameBytes, utf8 } from '../../../../packages/testkit/src/bytes.js'
import { REFUSED } from '../delivery.js'
import { acceptedBy } from '../plan.js'
import type { Random } from '../random.js'
import type { Kind } from './kind.js'

type Change = (body: Uint8Array, random: Random) => Uint8Array

const decoded = (body: Uint8Array) => new TextDecoder().decode(body)

/** Everything that an attacker, a parser or a gateway makes of a body on its way. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a bit flipped': (body, random) => {
    const at = random.below(body.length)
    return body.map((byte, index) => (index === at ? byte ^ (1 << random.below(8)) : byte))
  },
  'the last byte dropped': (body) => body.slice(0, -1),
  'the first byte dropped': (body) => body.slice(1),
  'cut anywhere': (body, random) => body.slice(0, random.below(body.length + 1)),
  'something appended': (body, random) => concat(body, random.pick(['\0', '\n', ' ', 'x', '\u{1f600}'])),
  'something prepended': (body, random) => concat(random.pick(['\ufeff', '\n', ' ', 'x']), body),
  'something inserted': (body, random) => {
    const at = random.below(body.length + 1)
    return concat(body.slice(0, at), random.bytes(random.between(1, 5)), body.slice(at))
  },
  'the body twice': (body) => concat(body, body),
  'nothing in its place': () => new Uint8Array(),
  'other bytes in its place': (body, random) => random.bytes(body.length + 1),
  'two bytes exchanged': (body, random) => {
    const [one, other] = [random.below(body.length), random.below(body.length)]
    return body.map((byte, index) => (index === one ? body[other] : index === other ? body[one] : byte) ?? 0)
  },
  'decoded and encoded again': (body) => utf8(decoded(body)),
  'bytes read as latin1 and encoded as UTF-8': (body) =>
    utf8(Array.from(body, (byte) => String.fromCharCode(byte)).join('')),
  'its JSON serialised anew': (body) => {
    try {
      return utf8(JSON.stringify(JSON.parse(decoded(body))))
    } catch {
      return concat(body, '{}')
    }
  },
  'line breaks as CRLF': (body) => utf8(decoded(body).replaceAll('\n', '\r\n')),
  'text normalised': (body) => utf8(decoded(body).normalize('NFKC')),
  'written as base64': (body) => utf8(btoa(Array.from(body, (byte) => String.fromCharCode(byte)).join(''))),
  'the text undefined': () => utf8('undefined'),
}

export const tamperedBodies: readonly Kind[] = Object.entries(CHANGES).map(([name, change]) => ({
  name: `body: ${name}`,
  tamper({ plan, body: signed }, random) {
    const body = change(signed, random)
    if (sameBytes(body, signed)) return { expected: plan.expected }
    // A token says nothing about the body.
    return { body, expected: plan.shape.isToken ? acceptedBy({ schema: plan.schema, conforms: false }) : REFUSED }
  },
}))
