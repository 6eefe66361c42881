import type { Line } from './head-lines.js'
import { hasControls, isBlank, isToken, withoutBlanks } from './header-text.js'
import { unreadable } from './unreadable.js'

export interface Fields {
  readonly headers: readonly (readonly [string, string])[]
  /** What HTTP/2 has in place of a request line: `:method`, `:path` (RFC 9113, section 8.3). */
  readonly pseudo: ReadonlyMap<string, string>
}

/** Header lines, strictly by RFC 9112, section 5. A line break within a value, as of old, is a space (section 5.2). */
export function parseFields(lines: readonly Line[]): Fields {
  const headers: (readonly [string, string])[] = []
  const pseudo = new Map<string, string>()
  for (const [name, values] of unfolded(lines)) {
    const value = values.join(' ')
    if (name.startsWith(':')) pseudo.set(name, value)
    else headers.push([name, value])
  }
  return { headers, pseudo }
}

function unfolded(lines: readonly Line[]): [string, string[]][] {
  const fields: [string, string[]][] = []
  for (const { text, number } of lines) {
    if (hasControls(text)) unreadable(`line ${number} holds a control character, which no header may`)
    const last = fields[fields.length - 1]
    if (!isBlank(text[0])) fields.push(parseField(text, number))
    else if (last === undefined) unreadable(`line ${number} begins with white space, and continues no header`)
    else last[1].push(withoutBlanks(text))
  }
  return fields
}

function parseField(text: string, number: number): [string, string[]] {
  const colon = text.indexOf(':', 1)
  if (colon === -1) unreadable(`line ${number} is no header: it has no colon`)
  const name = text.slice(0, colon)
  if (!isToken(name.startsWith(':') ? name.slice(1) : name)) {
    unreadable(`line ${number} is no header: before its colon stands what no name may hold, such as white space`)
  }
  return [name, [withoutBlanks(text.slice(colon + 1))]]
}
