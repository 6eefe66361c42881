import { sameBytes } from '../../bytes.js'
import { decode } from '../../decode.js'
import { utf8 } from '../../encoding.js'
import type { Deviation } from '../deviations/deviation.js'
import { type BodyChange, bodyChange, latin1Bytes, latin1Text } from './body-change.js'
import { charsetReadings } from './charset-readings.js'
import { formReadings } from './form-readings.js'
import { jsonReadings } from './json-readings.js'
import { parseJsonTree, wordText } from './json-tree.js'

/** A body that the sender may have signed, if what is here is what something on the way made of it. */
export interface BodyReading {
  /** Undefined: as it was received. */
  readonly deviation: Deviation | undefined
  readonly bytes: Uint8Array
}

/** What all readings together may hold, in bytes: a body of a mebibyte is not to become a hundred. */
const MOST_BYTES = 32 * 1024 * 1024

/** The body as received, and what it may have been: the likely first, each of other bytes. */
export function bodyReadings(body: Uint8Array): readonly BodyReading[] {
  const readings: BodyReading[] = [{ deviation: undefined, bytes: body }]
  let room = MOST_BYTES
  for (const [deviation, bytes] of changes(body)) {
    if (bytes.length > room) break
    if (readings.some((reading) => sameBytes(reading.bytes, bytes))) continue
    room -= bytes.length
    readings.push({ deviation, bytes })
  }
  return readings
}

function* changes(body: Uint8Array): Generator<BodyChange> {
  if (body.length === 0) return
  const text = textOf(body)
  yield* ends(body)
  if (text !== undefined) {
    yield* lineEnds(text)
    yield* jsonReadings(text)
    yield* formReadings(text)
    yield* wrappings(text)
  }
  yield* charsetReadings(body, text)
}

/** The text of bytes that are UTF-8, without a byte order mark. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function* ends(body: Uint8Array): Generator<BodyChange> {
  const text = latin1Text(body)
  const bare = text.replace(/[\r\n]{1,4}$/, '')
  if (bare !== text) {
    yield bodyChange(
      'body-newline',
      'without the line break at its end',
      'Take off the line break that was added: a text file or an editor adds one.',
      latin1Bytes(bare),
    )
  }
  for (const [name, end] of [
    ['a line feed', '\n'],
    ['a carriage return and a line feed', '\r\n'],
  ] as const) {
    yield bodyChange(
      'body-newline',
      `plus ${name} at its end`,
      'Keep the line break at the end of the body, which something trims: verify the raw bytes that arrived.',
      latin1Bytes(text + end),
    )
  }
  if (text.startsWith('\u00ef\u00bb\u00bf')) {
    yield bodyChange(
      'body-bom',
      'without the byte order mark at its beginning',
      'Do not write a byte order mark: whatever saves or sends the body as "UTF-8 with BOM" adds it.',
      body.subarray(3),
    )
  } else {
    yield bodyChange(
      'body-bom',
      'plus a byte order mark at its beginning',
      'Keep the byte order mark, which decoding text drops: verify the raw bytes that arrived.',
      latin1Bytes(`\u00ef\u00bb\u00bf${text}`),
    )
  }
}

function* lineEnds(text: string): Generator<BodyChange> {
  const lineFeeds = text.replaceAll('\r\n', '\n')
  const fix =
    'Leave line ends alone, which an editor, git (autocrlf) or a proxy converts: verify the raw bytes that arrived.'
  if (lineFeeds !== text) yield bodyChange('body-line-ends', 'in LF line ends, not CRLF', fix, utf8(lineFeeds))
  if (lineFeeds.includes('\n')) {
    yield bodyChange('body-line-ends', 'in CRLF line ends, not LF', fix, utf8(lineFeeds.replaceAll('\n', '\r\n')))
  }
}

function* wrappings(text: string): Generator<BodyChange> {
  const node = parseJsonTree(text)
  if (typeof node === 'string' && node[0] === '"') {
    yield bodyChange(
      'body-wrapped',
      'as the text inside of this JSON string',
      'Pass the body itself: it was put through JSON.stringify although it was text already.',
      utf8(wordText(node)),
    )
  }
  const decoded = text.length >= 8 ? decode(text.trim(), 'base64') : undefined
  if (decoded !== undefined) {
    yield bodyChange(
      'body-base64',
      'decoded from base64',
      'Decode the body: gateways such as AWS API Gateway pass it as base64, with isBase64Encoded: true.',
      decoded,
    )
  }
}
