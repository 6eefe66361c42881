import { readAnsiQuotes } from './ansi-quotes.js'
import { percentB } from './percent-b.js'
import { peek, type Reading, readUntil, where } from './shell-reading.js'
import { unreadable } from './unreadable.js'

/** Within double quotes nothing else is special (POSIX, Shell Command Language, section 2.2.3). */
const SPECIAL = '"\\$`'
/** The one substitution that is known here: `formatCurl` writes it for a header that is not ASCII. */
const PRINTF = "$(printf '%b' '"

/** A part of a word that is quoted in one way; `wordEnd` ends one that is not quoted. */
export function readPiece(reading: Reading, wordEnd: string): string {
  const character = peek(reading)
  if (character === "'") return readSingleQuotes(reading)
  if (character === '"') return readDoubleQuotes(reading)
  if (character === '\\') return readEscape(reading)
  if (character === '$' && peek(reading, 1) === "'") return readAnsiQuotes(reading)
  // Of bash: to be translated, which nobody does.
  if (character === '$' && peek(reading, 1) === '"') return readDollarQuotes(reading)
  if (character === '$' || character === '`') return readExpansion(reading)
  return readUntil(reading, `${wordEnd}'${SPECIAL}`)
}

function readSingleQuotes(reading: Reading): string {
  const start = reading.at + 1
  const end = reading.text.indexOf("'", start)
  if (end === -1) unclosed(reading, reading.at)
  reading.at = end + 1
  return reading.text.slice(start, end)
}

function readDollarQuotes(reading: Reading): string {
  reading.at++
  return readDoubleQuotes(reading)
}

function readDoubleQuotes(reading: Reading): string {
  const opening = reading.at++
  const pieces: string[] = []
  for (let character = peek(reading); character !== '"'; character = peek(reading)) {
    if (character === '') unclosed(reading, opening)
    pieces.push(readQuoted(reading, character))
  }
  reading.at++
  return pieces.join('')
}

function readQuoted(reading: Reading, character: string): string {
  if (character === '$' || character === '`') return readExpansion(reading)
  if (character !== '\\') return readUntil(reading, SPECIAL)
  return `${SPECIAL}\r\n`.includes(peek(reading, 1) || 'x') ? readEscape(reading) : readUntil(reading, SPECIAL)
}

/** The next character as it is; a line break after a backslash is none (section 2.2.1), also one of Windows. */
function readEscape(reading: Reading): string {
  const next = peek(reading, 1)
  const isBreak = next === '\n' || (next === '\r' && peek(reading, 2) === '\n')
  reading.at += next === '\r' && isBreak ? 3 : 2
  return isBreak ? '' : next
}

function readExpansion(reading: Reading): string {
  const { text, at } = reading
  if (text.startsWith(PRINTF, at)) return readPrintf(reading)
  if (text[at] === '`' || text[at + 1] === '(') {
    unreadable(`${where(reading, at)}: what a command substitution gives is not known here, put its result there`)
  }
  if (/[A-Za-z0-9_{@*#?$!-]/.test(peek(reading, 1)) && !reading.warnings.has('variable')) {
    const met = `${where(reading, at)}: the value that a shell puts in place of a variable is not known here`
    reading.warnings.set('variable', `${met}, so it was left as it is written`)
  }
  reading.at++
  return '$'
}

function readPrintf(reading: Reading): string {
  const start = reading.at + PRINTF.length
  const end = reading.text.indexOf("')", start)
  if (end === -1) unclosed(reading, start - 1)
  reading.at = end + 2
  return percentB(reading.text.slice(start, end))
}

function unclosed(reading: Reading, opening: number): never {
  unreadable(`the quote that opens at ${where(reading, opening)} is not closed`)
}
