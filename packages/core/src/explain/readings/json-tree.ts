/**
 * A JSON text as it was written: each string, number and word as its own characters, and every key in its place, twice where
 * it stands twice. `JSON.parse` keeps none of that (1.0, 1e2, the order of keys such as "10"), and a MAC needs all of it.
 */
export type JsonNode = JsonWord | JsonArray | JsonObject

/** A string with its quotation marks, a number, true, false or null. */
export type JsonWord = string

interface JsonArray {
  readonly items: readonly JsonNode[]
}

interface JsonObject {
  readonly entries: readonly (readonly [key: JsonWord, value: JsonNode])[]
}

/** Deeper texts are not looked into: a reader that calls itself must not overflow on a sender's text. */
const MOST_LEVELS = 100

// Each sticks to where the text is read, and none backtracks: their alternatives begin with different characters.
const BLANKS = /[ \t\n\r]*/y
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERAL = /true|false|null/y

/** The tree of a text that is JSON (RFC 8259), else undefined. */
export function parseJsonTree(text: string): JsonNode | undefined {
  const cursor = { text, place: 0 }
  try {
    const node = readValue(cursor, MOST_LEVELS)
    take(cursor, BLANKS)
    return cursor.place === text.length ? node : undefined
  } catch {
    return undefined
  }
}

interface Cursor {
  readonly text: string
  place: number
}

function readValue(cursor: Cursor, levels: number): JsonNode {
  if (levels === 0) throw new Error('too deep')
  if (skip(cursor, '{')) return { entries: readList(cursor, '}', () => readEntry(cursor, levels)) }
  if (skip(cursor, '[')) return { items: readList(cursor, ']', () => readValue(cursor, levels - 1)) }
  return readWord(cursor, STRING, NUMBER, LITERAL)
}

function readEntry(cursor: Cursor, levels: number): [JsonWord, JsonNode] {
  const key = readWord(cursor, STRING)
  require(skip(cursor, ':'))
  return [key, readValue(cursor, levels - 1)]
}

function readList<Item>(cursor: Cursor, end: string, read: () => Item): Item[] {
  const items: Item[] = []
  if (skip(cursor, end)) return items
  do items.push(read())
  while (skip(cursor, ','))
  require(skip(cursor, end))
  return items
}

function readWord(cursor: Cursor, ...forms: readonly RegExp[]): JsonWord {
  take(cursor, BLANKS)
  for (const form of forms) {
    const word = take(cursor, form)
    if (word !== '') return word
  }
  throw new Error('no JSON')
}

/** Whether that mark is next; then it is behind. */
function skip(cursor: Cursor, mark: string): boolean {
  take(cursor, BLANKS)
  if (cursor.text[cursor.place] !== mark) return false
  cursor.place += 1
  return true
}

function take(cursor: Cursor, form: RegExp): string {
  form.lastIndex = cursor.place
  const [taken = ''] = form.exec(cursor.text) ?? []
  cursor.place += taken.length
  return taken
}

function require(holds: boolean): void {
  if (!holds) throw new Error('no JSON')
}

/** A string's text without quotation marks and escapes; other words as they are. */
export function wordText(word: string): string {
  return word[0] === '"' ? String(JSON.parse(word)) : word
}
