const MAX_HEADER_LENGTH = 8 * 1024

/** What a header's value may be in JavaScript, though never on the wire. `good` is what would verify as a text. */
export function hostileValues(good: string): readonly NamedValue[] {
  return [
    { name: 'undefined', value: undefined },
    { name: 'null', value: null },
    { name: 'true', value: true },
    { name: 'a number', value: 0 },
    { name: 'NaN', value: Number.NaN },
    { name: 'a bigint', value: 10n },
    { name: 'a symbol', value: Symbol('header') },
    { name: 'a function', value: () => good },
    { name: 'an empty list', value: [] },
    { name: 'a list of nothing', value: [undefined, null, 0, {}] },
    { name: 'a list in a list', value: [[good]] },
    { name: 'an object', value: { a: { b: [good] } } },
    { name: 'an object that turns into the good text', value: { toString: () => good, valueOf: () => good } },
    { name: 'a String object of the good text', value: Object(good) },
    { name: 'bytes', value: new Uint8Array(20) },
    { name: 'an empty text', value: '' },
    { name: 'a NUL', value: '\0' },
    { name: 'a lone high surrogate', value: '\ud800' },
    { name: 'a lone low surrogate', value: '\udc00' },
    { name: 'the text __proto__', value: '__proto__' },
    { name: 'the text constructor', value: 'constructor' },
    // Between all of them: of several tokens in one header one suffices, and must not be left whole.
    { name: 'the good text with a line break behind each character', value: [...good].join('\r\n') },
    { name: 'a text of 1 MiB', value: 'a'.repeat(1024 * 1024) },
    { name: 'a list of 100,000 texts', value: Array.from({ length: 100_000 }, () => 'a') },
  ]
}

interface NamedValue {
  readonly name: string
  readonly value: unknown
}

/** Containers of headers that hold none of the delivery's. `good` are those that would verify. */
export function hostileContainers(good: Readonly<Record<string, string>>): readonly NamedValue[] {
  const names = Object.keys(good)
  const parsed: unknown = JSON.parse(`{"__proto__":${JSON.stringify(good)}}`)
  return [
    { name: 'an empty object', value: {} },
    { name: 'an empty list', value: [] },
    { name: 'a list of names without values', value: names.map((name) => [name]) },
    { name: 'a list of lists of other things', value: [[], [1, 2], [null, 'x'], [{}, {}]] },
    {
      name: 'a Map with keys that are no text',
      value: new Map<unknown, unknown>([
        [{}, 1],
        [null, 'x'],
      ]),
    },
    { name: 'an own property __proto__ that holds the good ones', value: parsed },
    { name: 'a property headers that holds the good ones', value: { headers: good } },
    { name: 'an object whose get() gives a number', value: { get: () => 5 } },
    { name: 'an object whose get() gives undefined', value: { get: () => undefined } },
    { name: 'an object whose get() gives an object', value: { get: () => ({ toString: () => good }) } },
  ]
}

/** What is no container of headers at all: no sender does that, but a framework might. */
export function noContainers(good: Readonly<Record<string, string>>): readonly NamedValue[] {
  const lines = Object.entries(good).map(([name, text]) => `${name}: ${text}`)
  return [
    { name: 'undefined', value: undefined },
    { name: 'null', value: null },
    { name: 'a text', value: lines.join('\r\n') },
    { name: 'a number', value: 7 },
    { name: 'a list of things that are no entries', value: [null, undefined, 1, {}] },
  ]
}

/** Long runs of what header grammars are made of, to the very length that is still looked at. */
export function hostileTexts(): readonly { name: string; text: string }[] {
  const pieces = [
    ' ',
    '\t',
    ',',
    ';',
    '=',
    '.',
    ':',
    '"',
    '\\',
    '%',
    '0',
    'a',
    ' ,',
    ', ',
    '=,',
    'a=',
    'v1,',
    'v1=',
    't=1,',
    'a a',
  ]
  return pieces.flatMap((piece) => {
    const run = piece.repeat(MAX_HEADER_LENGTH / piece.length - 16)
    const shown = JSON.stringify(piece)
    return [
      { name: `8 KiB of ${shown}`, text: run },
      { name: `8 KiB of ${shown} and a '!'`, text: `${run}!` },
    ]
  })
}
