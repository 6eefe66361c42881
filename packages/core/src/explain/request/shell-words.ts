import { readPiece } from './shell-quotes.js'
import { peek, type Reading, readUntil, where } from './shell-reading.js'
import { unreadable } from './unreadable.js'

export interface Pipeline {
  /** The words of each command. */
  readonly commands: readonly (readonly string[])[]
  readonly warnings: readonly string[]
}

const BLANKS = ' \t\r'
/** What ends a word: POSIX, Shell Command Language, section 2.3. */
const WORD_END = `${BLANKS}\n|&;<>()`

/**
 * Splits the first pipeline of a text as a POSIX shell does, with the `$'...'` of bash and zsh.
 *
 * @throws CountersignError `request-unreadable`
 */
export function shellWords(text: string): Pipeline {
  const reading: Reading = { text, at: 0, warnings: new Map() }
  const commands: string[][] = [[]]
  while (readNext(reading, commands)) {}
  return { commands, warnings: [...reading.warnings.values()] }
}

/** One word, blank or operator. False at the end of the pipeline. */
function readNext(reading: Reading, commands: string[][]): boolean {
  const words = commands[commands.length - 1] ?? []
  const character = peek(reading)
  if (character === '') return false
  if (BLANKS.includes(character)) return skip(reading)
  if (/^\\\r?\n/.test(reading.text.slice(reading.at, reading.at + 3))) return skipContinuation(reading)
  if (character === '#') return skipComment(reading)
  // A line break ends a command, but not one that is still to come, as after a pipe.
  if (character === '\n') return words.length === 0 ? skip(reading) : endPipeline(reading)
  if (character === '|' && peek(reading, 1) !== '|') {
    commands.push([])
    return skip(reading)
  }
  if ('|&;'.includes(character)) return endPipeline(reading)
  if ('<>'.includes(character)) return skipRedirection(reading)
  if ('()'.includes(character))
    unreadable(`${where(reading, reading.at)}: a shell does not read on at a parenthesis, quote it`)
  return addWord(reading, words)
}

function skip(reading: Reading): true {
  reading.at++
  return true
}

/** Between words. Within one it is no blank either, and is read there. */
function skipContinuation(reading: Reading): true {
  reading.at = reading.text.indexOf('\n', reading.at) + 1
  return true
}

function skipComment(reading: Reading): true {
  readUntil(reading, '\n')
  return true
}

function endPipeline(reading: Reading): false {
  if (/[^\s;&|]/.test(reading.text.slice(reading.at))) {
    const met = `the command ends at ${where(reading, reading.at)}, and what follows was not read`
    reading.warnings.set('rest', `${met}: quote what stands there, or join the lines`)
  }
  return false
}

/** Its target may be a file that is read, but then curl says so by its `@-`. */
function skipRedirection(reading: Reading): true {
  while ('<>&|'.includes(peek(reading) || ' ')) reading.at++
  while (BLANKS.includes(peek(reading) || 'x')) reading.at++
  readWord(reading)
  return true
}

function addWord(reading: Reading, words: string[]): true {
  const word = readWord(reading)
  const isDescriptor = '<>'.includes(peek(reading) || ' ') && /^[0-9]$/.test(word)
  if (!isDescriptor) words.push(word)
  return true
}

function readWord(reading: Reading): string {
  const pieces: string[] = []
  while (!WORD_END.includes(peek(reading))) pieces.push(readPiece(reading, WORD_END))
  return pieces.join('')
}
