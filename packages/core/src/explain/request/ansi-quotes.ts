import { utf8 } from '../../encoding.js'
import { binaryText } from './binary-text.js'
import { peek, type Reading, where } from './shell-reading.js'
import { unreadable } from './unreadable.js'

/** POSIX.1-2024, Shell Command Language, section 2.2.4, and what bash and zsh add to it. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...['\\', "'", '"', '?'].map((self): [string, string] => [self, self]),
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])
/** Of each escape that is a number: the digits it takes. Sticky, and of a bounded length. */
const NUMBERED = {
  octal: /[0-7]{1,3}/y,
  x: /[0-9A-Fa-f]{1,2}/y,
  u: /[0-9A-Fa-f]{1,4}/y,
  U: /[0-9A-Fa-f]{1,8}/y,
  lowSurrogate: /\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})/y,
}

/** `$'...'`, in which browsers copy a body that holds line breaks or quotes. */
export function readAnsiQuotes(reading: Reading): string {
  const opening = reading.at
  const pieces: string[] = []
  reading.at += 2
  for (let character = peek(reading); character !== "'"; character = peek(reading)) {
    if (character === '') unreadable(`the quote that opens at ${where(reading, opening)} is not closed`)
    pieces.push(character === '\\' ? readEscape(reading) : readPlain(reading))
  }
  reading.at++
  return pieces.join('')
}

function readPlain(reading: Reading): string {
  const start = reading.at
  while (!"'\\".includes(peek(reading))) reading.at++
  return reading.text.slice(start, reading.at)
}

function readEscape(reading: Reading): string {
  const kind = peek(reading, 1)
  const named = NAMED.get(kind)
  reading.at += 2
  if (named !== undefined) return named
  if (kind === 'c') return controlCharacter(reading)
  if (kind === 'u' || kind === 'U') return codePoint(reading, kind)
  if (kind === 'x') return byte(reading, digits(reading, NUMBERED.x), 16) ?? '\\x'
  if (kind >= '0' && kind <= '7') {
    reading.at--
    return byte(reading, digits(reading, NUMBERED.octal), 8) ?? ''
  }
  // An escape that is none stays as it is.
  return `\\${kind}`
}

function controlCharacter(reading: Reading): string {
  const character = peek(reading)
  reading.at++
  return String.fromCharCode(character.charCodeAt(0) & 0x1f)
}

function byte(reading: Reading, found: string, base: number): string | undefined {
  if (found === '') return undefined
  const value = Number.parseInt(found, base) & 0xff
  if (value === 0) warnOfNul(reading)
  return String.fromCharCode(value)
}

/** A character as its UTF-8. Browsers write one beyond U+FFFF as two surrogates, which are one character here. */
function codePoint(reading: Reading, kind: 'u' | 'U'): string {
  const found = digits(reading, NUMBERED[kind])
  if (found === '') return `\\${kind}`
  const unit = Number.parseInt(found, 16)
  const low = unit >= 0xd800 && unit < 0xdc00 ? digits(reading, NUMBERED.lowSurrogate) : ''
  if (low !== '') return binaryText(utf8(String.fromCharCode(unit, Number.parseInt(low.slice(2), 16))))
  if (unit > 0x10ffff) unreadable(`${where(reading, reading.at)}: there is no character of that number`)
  if (unit === 0) warnOfNul(reading)
  return binaryText(utf8(String.fromCodePoint(unit)))
}

function digits(reading: Reading, form: RegExp): string {
  form.lastIndex = reading.at
  const [found] = form.exec(reading.text) ?? ['']
  reading.at += found.length
  return found
}

function warnOfNul(reading: Reading): void {
  reading.warnings.set('nul', 'an argument holds a NUL: a shell ends it there, and here it was kept')
}
