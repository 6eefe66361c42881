import { utf8 } from '../../encoding.js'
import { type BodyChange, bodyChange, UNPARSED } from './body-change.js'
import { COMPACT, ESCAPES, type JsonEscapes, STYLES, writeJson } from './json-style.js'
import { type JsonNode, parseJsonTree } from './json-tree.js'

/** JSON that a parser took apart and a serialiser put together again. */
export function* jsonReadings(text: string): Generator<BodyChange> {
  const node = parseJsonTree(text.replace(/^\ufeff/, ''))
  if (node === undefined || typeof node === 'string') return
  if ('entries' in node && node.entries.length === 0) {
    yield bodyChange('body-reserialised', 'empty: a parser made {} of no body at all', UNPARSED, new Uint8Array())
  }
  for (const [name, written] of writings(node)) {
    for (const [suffix, end] of [
      ['', ''],
      [' and a line feed at the end', '\n'],
    ] as const) {
      yield bodyChange(
        'body-reserialised',
        `as ${name}${suffix}: it was parsed and serialised again since it was signed`,
        UNPARSED,
        utf8(written + end),
      )
    }
  }
}

/** So many times as long as without it, indentation is a sender's who fills memory, and no vendor's. */
const MOST_BLANKS = 16

function* writings(node: JsonNode): Generator<readonly [name: string, text: string]> {
  const compact = (escapes: JsonEscapes, sorted: boolean) => writeJson(node, COMPACT, escapes, sorted)
  // What changes nothing in one style changes nothing in the others, which are not to be written for it.
  const differing = firstOfEach(ESCAPES, (escapes) => compact(escapes, false))
  const levels = levelsOf(node, 0)
  const { length } = compact(ESCAPES[0], false)
  const styles = STYLES.filter(({ indent = '' }) => levels * indent.length <= MOST_BLANKS * length)
  const orders = firstOfEach([false, true], (sorted) => compact(ESCAPES[0], sorted))
  for (const sorted of orders) {
    for (const escapes of differing) {
      for (const style of styles) {
        const order = sorted ? 'keys sorted' : 'the keys in the order received'
        yield [
          [style.name, order, escapes.name].filter((part) => part).join(', '),
          writeJson(node, style, escapes, sorted),
        ]
      }
    }
  }
}

/** Those of which no earlier one gives the same text. */
function firstOfEach<Item>(items: readonly Item[], write: (item: Item) => string): readonly Item[] {
  const texts = items.map(write)
  return items.filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
}

/** The levels of indentation that all lines have together. */
function levelsOf(node: JsonNode, level: number): number {
  if (typeof node === 'string') return level
  const parts = 'items' in node ? node.items : node.entries.map(([, value]) => value)
  // The bracket that closes has a line, too.
  return parts.reduce((sum: number, part) => sum + levelsOf(part, level + 1), level)
}
