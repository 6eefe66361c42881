import { place } from './unreadable.js'

type Wanted = 'a value' | 'a name in double quotes' | 'a colon' | 'a comma or a closing bracket' | 'nothing more'

interface Scan {
  readonly text: string
  at: number
  wanted: Wanted
  /** Right after the bracket that opened an object or a list, which may be closed at once. */
  isFresh: boolean
  /** The brackets that are open. */
  readonly open: ('{' | '[')[]
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?/y
const WORD = /true|false|null/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y

/**
 * Where a text stops being JSON, for somebody who pasted it and lost a part. Asked only of what JSON.parse refused: its own
 * messages differ by engine, and quote the document. A loop, for the depth of brackets is the sender's.
 */
export function jsonFault(text: string): string {
  const scan: Scan = { text, at: 0, wanted: 'a value', isFresh: false, open: [] }
  while (advance(scan)) {}
  const met = scan.at < text.length ? place(text, scan.at) : 'it ends too early'
  return `${met}, ${scan.wanted} was expected`
}

/** One token. False where it is not what was wanted. */
function advance(scan: Scan): boolean {
  skipBlanks(scan)
  const character = scan.text[scan.at]
  if (character === undefined) return false
  if (isClosing(scan, character)) return close(scan)
  switch (scan.wanted) {
    case 'a value':
      return readValue(scan, character)
    case 'a name in double quotes':
      return character === '"' && readString(scan) && want(scan, 'a colon')
    case 'a colon':
      return character === ':' && skip(scan, 'a value')
    case 'a comma or a closing bracket':
      return character === ',' && skip(scan, last(scan) === '{' ? 'a name in double quotes' : 'a value')
    case 'nothing more':
      return false
  }
}

function skipBlanks(scan: Scan): void {
  while (' \t\r\n'.includes(scan.text[scan.at] ?? 'x')) scan.at++
}

function isClosing(scan: Scan, character: string): boolean {
  const mayClose = scan.isFresh || scan.wanted === 'a comma or a closing bracket'
  return mayClose && character === (last(scan) === '{' ? '}' : ']')
}

function close(scan: Scan): boolean {
  scan.open.pop()
  return skip(scan, next(scan))
}

function readValue(scan: Scan, character: string): boolean {
  if (character === '{' || character === '[') {
    scan.open.push(character)
    skip(scan, character === '{' ? 'a name in double quotes' : 'a value')
    scan.isFresh = true
    return true
  }
  const isRead = character === '"' ? readString(scan) : readToken(scan, NUMBER) || readToken(scan, WORD)
  return isRead && want(scan, next(scan))
}

/** By character, and not by one expression: engines recurse over its repetitions. */
function readString(scan: Scan): boolean {
  scan.at++
  for (let character = scan.text[scan.at]; character !== '"'; character = scan.text[scan.at]) {
    if (character === undefined || character < ' ') return false
    if (character !== '\\') scan.at++
    else if (!readToken(scan, ESCAPE)) return false
  }
  scan.at++
  return true
}

function readToken(scan: Scan, form: RegExp): boolean {
  form.lastIndex = scan.at
  const [found] = form.exec(scan.text) ?? []
  scan.at += found?.length ?? 0
  return found !== undefined
}

function skip(scan: Scan, wanted: Wanted): true {
  scan.at++
  return want(scan, wanted)
}

function want(scan: Scan, wanted: Wanted): true {
  scan.wanted = wanted
  scan.isFresh = false
  return true
}

/** After a value. */
function next(scan: Scan): Wanted {
  return scan.open.length === 0 ? 'nothing more' : 'a comma or a closing bracket'
}

function last({ open }: Scan): '{' | '[' | undefined {
  return open[open.length - 1]
}
