import { concat, utf8 } from '../../../packages/testkit/src/bytes.js'
import type { ProviderId } from './delivery.js'
import { EVENTS } from './events.js'
import type { Random } from './random.js'

export interface Body {
  readonly body: Uint8Array
  /** Set where the text is not Unicode, and its bytes therefore are those of another text. */
  readonly text?: string
  /** Whether the adapter's schemas accept it. */
  readonly conforms?: boolean
}

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf)

/** Bytes that are no UTF-8, each in another way. */
const INVALID = [
  [0xff],
  [0xc0, 0xaf],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x92],
  [0xf4, 0x90, 0x80, 0x80],
  [0x80, 0xbf],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
].map((bytes) => Uint8Array.from(bytes))

/** JSON in which an engine, a parser or a schema could go its own way. */
const ODD_JSON = [
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":1}',
  '{"__proto__":null,"type":"x","id":1}',
  '{"type":"subscription.created","type":"later","data":{"__proto__":{"object":1}}}',
  '{"scenarios":{"__proto__":[]},"toString":1,"hasOwnProperty":2}',
  '{"10":1,"2":2,"b":3,"a":4,"-1":5,"4294967295":6}',
  '{"a":1e400,"b":-1e400,"c":-0,"d":1e-400,"e":9007199254740993,"f":0.1e1}',
  '{"a":"\\ud800","b":"\\udc00\\ud800","c":"\\u0000"}',
  '{"type":7,"scenarios":7,"email":{},"data":[]}',
  '{"type":"subscription.created","liveMode":"false","id":null}',
  ...[
    '{"a":1,}',
    "{'a':1}",
    '{"a":NaN}',
    '{"a":01}',
    '{"a":"\t"}',
    '[1,,2]',
    '{"a":1}{"b":2}',
    '{"a":"\\x"}',
    '\u00a0{}',
  ],
  ...['null', 'true', '0', '"text"', '[]', '{}', ' \t\r\n{} ', '[[]]', '1.', '.5', '+1', '-', 'undefined', '\ufeff{}'],
]

/** Around the blocks of the hashes; the room for one-shot hashing; and what is more than a chunk of many a stream. */
const SIZES = [1, 2, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000]
const LARGE_SIZES = [10_921, 32_640, 32_704, 32_768, 65_536, 70_000]

/** Every kind of body that a vendor may sign, knowingly or not. */
export function newBody(random: Random, provider: ProviderId): Body {
  if (random.chance(0.5)) return event(random, provider)
  if (random.chance(0.06)) return { body: sized(random, random.pick(LARGE_SIZES) + random.between(-140, 140)) }
  return random.pick(KINDS)(random, provider)
}

const KINDS: readonly ((random: Random, provider: ProviderId) => Body)[] = [
  (random) => ({ body: utf8(random.pick(ODD_JSON)) }),
  (random) => ({ body: utf8(random.pick(ODD_JSON)) }),
  () => ({ body: new Uint8Array() }),
  (random) => ({ body: random.bytes(random.between(1, 300)) }),
  (random) => ({ body: sized(random, random.pick(SIZES)) }),
  (random) => ({ body: concat('{"a":"', random.pick(INVALID), '"}') }),
  (random) => ({ body: concat(random.pick(INVALID), 'é', random.pick(INVALID)) }),
  (random, provider) => ({ body: concat(BOM, event(random, provider).body) }),
  (random, provider) => ({
    body: concat(utf8('\ufffe'), event(random, provider).body, random.pick(['\n', '\0', ' '])),
  }),
  (random) => unpaired(random.pick(['{"a":"\ud800"}', '\udc00', 'x\ud83d', '\udfff\ud800\udc00\udbff'])),
  (random) => ({ body: utf8(`${'['.repeat(random.between(1, 400))}1`) }),
  (random) => ({ body: nested(random.between(1, 400)) }),
]

function event(random: Random, provider: ProviderId): Body {
  const text = JSON.stringify(EVENTS[provider](random), undefined, random.pick([0, 0, 2, '\t']))
  return { body: utf8(text), conforms: true }
}

/** Text with half a character in it: TextEncoder writes U+FFFD for it. */
function unpaired(text: string): Body {
  return { body: utf8(text), text }
}

function nested(depth: number): Uint8Array {
  return utf8(`${'{"a":['.repeat(depth)}null${']}'.repeat(depth)}`)
}

/** JSON of so many bytes, or as many bytes of anything. Long ones repeat themselves, though never at a block's length. */
function sized(random: Random, length: number): Uint8Array {
  if (length < 20 || random.chance(0.3)) return repeated(random.bytes(Math.min(length, 997)), length)
  return concat('{"a":"', repeated(utf8(random.text(Math.min(length, 997), 'abcdefgh0123456789 ')), length - 8), '"}')
}

function repeated(piece: Uint8Array, length: number): Uint8Array {
  return concat(...Array.from({ length: Math.ceil(length / piece.length) }, () => piece)).slice(0, length)
}
