import type { Line } from './head-lines.js'
import { isToken } from './header-text.js'
import { unreadable } from './unreadable.js'

export interface StartLine {
  readonly method: string
  readonly target: string
}

/** A request line (RFC 9112, section 3; its version may be missing), or undefined if the first line is a header already. */
export function parseStartLine({ text, number }: Line): StartLine | undefined {
  if (text.startsWith('HTTP/')) unreadable('this is a response, and the request is wanted')
  const space = text.indexOf(' ')
  const colon = text.indexOf(':', 1)
  // In a header the colon follows its name at once: section 5.1.
  if (colon !== -1 && (space === -1 || colon < space)) return undefined
  const [method = '', target = '', version, ...rest] = text.split(' ', 4)
  // Editors' request files leave the version out; prose is told from them by its target.
  const isVersion = version === undefined ? /^(\/|https?:)/.test(target) : /^HTTP\/[0-9](\.[0-9])?$/.test(version)
  if (!isToken(method) || target === '' || !isVersion || rest.length > 0) {
    unreadable(
      `line ${number} is neither a request line such as 'POST /hook HTTP/1.1' nor a header such as 'Name: value'`,
    )
  }
  return { method, target }
}
