import { utf8 } from '../../encoding.js'
import { type BodyChange, bodyChange, latin1Text } from './body-change.js'

/** UTF-8 that was read as latin1, and the other way round. */
export function* charsetReadings(body: Uint8Array, text: string | undefined): Generator<BodyChange> {
  if (!body.some((byte) => byte > 127)) return
  const fix = 'Verify the raw bytes that arrived, which something decoded with another character set than they have.'
  const before = text === undefined ? undefined : windows1252Bytes(text)
  if (before !== undefined) {
    yield bodyChange('body-charset', 'as it was before its bytes were read as latin1 and written as UTF-8', fix, before)
  }
  yield bodyChange('body-charset', 'in UTF-8, and not in latin1', fix, utf8(latin1Text(body)))
  if (text !== undefined) yield* normalForms(text)
}

/**
 * What browsers and databases mean by latin1 has letters where latin1 has control characters: windows-1252, of which these
 * are 0x80 to 0x9f (WHATWG Encoding Standard, section 9). By hand: some versions of Node decode it as latin1.
 */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** The bytes that were read as this text, if they can have been. */
function windows1252Bytes(text: string): Uint8Array | undefined {
  const bytes = Array.from(text, (character) => {
    const place = WINDOWS_1252.indexOf(character)
    return place < 0 ? (character.codePointAt(0) ?? 0) : 0x80 + place
  })
  return bytes.every((byte) => byte <= 0xff) ? Uint8Array.from(bytes) : undefined
}

function* normalForms(text: string): Generator<BodyChange> {
  for (const form of ['NFC', 'NFD'] as const) {
    yield bodyChange(
      'body-charset',
      `in Unicode's normal form ${form}`,
      'Verify the raw bytes that arrived, the text of which something normalised.',
      utf8(text.normalize(form)),
    )
  }
}
