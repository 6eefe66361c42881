import type { JsonNode, JsonWord } from './json-tree.js'

/** How a serialiser writes JSON. */
export interface JsonStyle {
  /** What a reader is told. */
  readonly name: string
  /** One level's indentation; undefined: all on one line. */
  readonly indent: string | undefined
  /** On one line: behind a comma and a colon. */
  readonly gap: '' | ' '
}

/** How characters are written in strings. */
export interface JsonEscapes {
  readonly name: string
  /** Undefined: each string as it was received. */
  readonly rewrite: ((text: string) => string) | undefined
}

export const COMPACT: JsonStyle = { name: 'compact JSON', indent: undefined, gap: '' }

export const STYLES: readonly JsonStyle[] = [
  COMPACT,
  { name: 'two-space JSON', indent: '  ', gap: ' ' },
  { name: 'JSON on one line with blanks behind commas and colons', indent: undefined, gap: ' ' },
  { name: 'four-space JSON', indent: '    ', gap: ' ' },
  { name: 'tab-indented JSON', indent: '\t', gap: ' ' },
]

const NON_ASCII = /[\u0080-\uffff]/g

export const ESCAPES: readonly [JsonEscapes, ...JsonEscapes[]] = [
  { name: '', rewrite: undefined },
  { name: 'nothing escaped that need not be', rewrite: (text) => text },
  // Python's json.dumps, Ruby, PHP.
  { name: 'non-ASCII characters escaped', rewrite: (text) => text.replace(NON_ASCII, unicodeEscape) },
  // PHP's json_encode, unless told otherwise, does both.
  { name: 'slashes escaped', rewrite: escapeSlashes },
  {
    name: 'non-ASCII characters and slashes escaped',
    rewrite: (text) => escapeSlashes(text.replace(NON_ASCII, unicodeEscape)),
  },
  // Go's encoding/json and Rails, so that the text may stand in HTML.
  { name: '<, > and & escaped', rewrite: (text) => text.replace(/[<>&\u2028\u2029]/g, unicodeEscape) },
  {
    name: 'non-ASCII characters escaped in upper-case hex',
    rewrite: (text) => text.replace(NON_ASCII, (character) => `\\u${hexOf(character).toUpperCase()}`),
  },
]

/** The text of a tree. */
export function writeJson(node: JsonNode, style: JsonStyle, { rewrite }: JsonEscapes, sorted: boolean): string {
  const { indent, gap } = style
  const write = (part: JsonNode, level: number): string => {
    if (typeof part === 'string') return writeWord(part, rewrite)
    if ('items' in part)
      return wrap(
        '[',
        ']',
        part.items.map((item) => write(item, level + 1)),
        level,
      )
    const entries = sorted
      ? [...part.entries].sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
      : part.entries
    return wrap(
      '{',
      '}',
      entries.map(([key, value]) => `${writeWord(key, rewrite)}:${gap}${write(value, level + 1)}`),
      level,
    )
  }
  const wrap = (open: string, close: string, parts: readonly string[], level: number): string => {
    if (parts.length === 0) return open + close
    if (indent === undefined) return open + parts.join(`,${gap}`) + close
    const line = `\n${indent.repeat(level)}`
    return `${open}${line}${indent}${parts.join(`,${line}${indent}`)}${line}${close}`
  }
  return write(node, 0)
}

function writeWord(word: JsonWord, rewrite: JsonEscapes['rewrite']): string {
  return rewrite === undefined || word[0] !== '"' ? word : rewrite(JSON.stringify(JSON.parse(word)))
}

function escapeSlashes(text: string): string {
  return text.replaceAll('/', '\\/')
}

function unicodeEscape(character: string): string {
  return `\\u${hexOf(character)}`
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}
