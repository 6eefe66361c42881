import { unreadable } from './unreadable.js'

/** The words as `cmd.exe` and then a program's start would split them: "Copy as cURL (cmd)" of Chromium and Firefox. */
export function cmdWords(text: string): readonly string[] {
  return splitArguments(withoutCarets(text))
}

/** Browsers put the URL first, in quotes with carets, or older ones in plain quotes and a caret at the end of the line. */
export function isCmd(text: string): boolean {
  const [firstLine = ''] = text.split('\n', 1)
  return /^curl(\.exe)? +\^"/.test(text) || (/^curl(\.exe)? +"/.test(text) && firstLine.trimEnd().endsWith('^'))
}

/** What `cmd.exe` hands to the program: a caret outside of quotes makes the next character a plain one. */
function withoutCarets(text: string): string {
  const pieces: string[] = []
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') isQuoted = !isQuoted
    if (character === '^' && !isQuoted) {
      at = afterCaret(text, at)
      pieces.push(text[at] === '\r' ? '' : (text[at] ?? ''))
    } else if (character === '\n' && !isQuoted) break
    else pieces.push(character)
  }
  return pieces.join('')
}

/** Where the character stands that a caret makes plain: a line break right after it is dropped, and the next is plain. */
function afterCaret(text: string, caret: number): number {
  let at = caret + 1
  if (text[at] === '\r' && text[at + 1] === '\n') at++
  if (text[at] !== '\n') return at
  at++
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 1 : at
}

interface Arguments {
  readonly words: string[]
  /** Of the word that is being read; undefined between two. */
  pieces: string[] | undefined
  isQuoted: boolean
}

/** As Microsoft's C runtime fills `argv`: backslashes are plain but before a quote, and `""` within quotes is one. */
function splitArguments(line: string): readonly string[] {
  const read: Arguments = { words: [], pieces: undefined, isQuoted: false }
  for (let at = 0; at < line.length; ) at = readArgument(line, at, read)
  if (read.isQuoted) unreadable('the last quote of the command is not closed')
  endWord(read)
  return read.words
}

/** Reads one thing, and gives where the next begins. */
function readArgument(line: string, at: number, read: Arguments): number {
  const character = line[at] ?? ''
  if (!read.isQuoted && ' \t\r'.includes(character)) {
    endWord(read)
    return at + 1
  }
  read.pieces ??= []
  if (character === '\\') return readBackslashes(line, at, read.pieces)
  if (character !== '"') {
    read.pieces.push(character)
    return at + 1
  }
  if (read.isQuoted && line[at + 1] === '"') {
    read.pieces.push('"')
    return at + 2
  }
  read.isQuoted = !read.isQuoted
  return at + 1
}

/** Two are one before a quote, and an odd one makes the quote plain. */
function readBackslashes(line: string, start: number, pieces: string[]): number {
  let end = start
  while (line[end] === '\\') end++
  const count = end - start
  if (line[end] !== '"') {
    pieces.push('\\'.repeat(count))
    return end
  }
  const isPlainQuote = count % 2 === 1
  pieces.push('\\'.repeat(Math.floor(count / 2)), isPlainQuote ? '"' : '')
  return isPlainQuote ? end + 1 : end
}

function endWord(read: Arguments): void {
  if (read.pieces !== undefined) read.words.push(read.pieces.join(''))
  read.pieces = undefined
}
