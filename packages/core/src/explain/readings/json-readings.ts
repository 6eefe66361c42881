import { utf8 } from '../../encoding.js'
import { type BodyChange, bodyChange, RAW } from './body-change.js'
import { ESCAPES, STYLES, writeJson } from './json-style.js'
import { type JsonNode, parseJsonTree } from './json-tree.js'

/** JSON that a parser took apart and a serialiser put together again. */
export function* jsonReadings(text: string): Generator<BodyChange> {
  const node = parseJsonTree(text.replace(/^\ufeff/, ''))
  if (node === undefined || typeof node === 'string') return
  for (const [name, written] of writings(node)) {
    for (const [suffix, end] of [
      ['', ''],
      [' and a line feed at the end', '\n'],
    ] as const) {
      yield bodyChange(
        'body-reserialised',
        `as ${name}${suffix}: it was parsed and serialised again since it was signed`,
        `${RAW} In Express that is express.raw() on this route, before express.json().`,
        utf8(written + end),
      )
    }
  }
}

function* writings(node: JsonNode): Generator<readonly [name: string, text: string]> {
  for (const sorted of [false, true]) {
    for (const escapes of ESCAPES) {
      for (const style of STYLES) {
        const order = sorted ? 'keys sorted' : 'the keys in the order received'
        yield [
          [style.name, order, escapes.name].filter((part) => part).join(', '),
          writeJson(node, style, escapes, sorted),
        ]
      }
    }
  }
}
