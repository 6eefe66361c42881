import { hasControls, isToken, withoutBlanks } from './header-text.js'
import { isObject, type JsonObject } from './json-object.js'
import { unreadable } from './unreadable.js'

type Header = readonly [string, string]

/**
 * Headers as JSON has them: an object whose values are texts or lists of texts, a list of pairs, or HAR's list of
 * `{ name, value }`. HTTP/2's `:method` and the like are no headers.
 */
export function jsonHeaders(headers: unknown): Header[] {
  const entries = Array.isArray(headers) ? headers.map(listed) : ownEntries(headers)
  return entries.flatMap(([name, value]) => checked(name, value)).filter(([name]) => !name.startsWith(':'))
}

function ownEntries(headers: unknown): (readonly [string, unknown])[] {
  if (isObject(headers)) return Object.entries(headers)
  unreadable('headers is neither an object nor a list')
}

function listed(entry: unknown, index: number): readonly [string, unknown] {
  const pair = isObject(entry) ? [(entry as JsonObject).name, (entry as JsonObject).value] : entry
  if (Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string') return [pair[0], pair[1]]
  unreadable(`headers[${index}] is neither a pair of name and value nor { name, value }`)
}

/** Each value as an entry of its own. */
function checked(name: string, value: unknown): Header[] {
  if (!isToken(name.startsWith(':') ? name.slice(1) : name))
    unreadable(`headers has ${quoted(name)}, which is no name of a header`)
  const values: unknown[] = Array.isArray(value) ? value : [value ?? []].flat()
  return values.map((one) => {
    if (typeof one !== 'string') unreadable(`the header ${quoted(name)} is neither a text nor a list of texts`)
    if (hasControls(one)) unreadable(`the header ${quoted(name)} holds a control character, which no header may`)
    return [name, withoutBlanks(one)]
  })
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 60))
}
