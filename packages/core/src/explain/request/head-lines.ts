import { unreadable } from './unreadable.js'

export interface Line {
  readonly text: string
  /** From 1, as editors count. */
  readonly number: number
}

export interface Head {
  /** The lines before the blank one, without their line breaks (CRLF or LF: RFC 9112, section 2.2). */
  readonly lines: readonly Line[]
  readonly bodyAt: number
  readonly warnings: readonly string[]
}

/** What `curl -v` tells besides the request: remarks, the response, and how many bytes it sent. */
const REMARKS = ['* ', '< ', '<\r', '<\n', '} [', '{ [']

/** The header block, and where the body begins. */
export function readHead(text: string): Head {
  const lines: Line[] = []
  let isVerbose = false
  let number = 0
  let at = 0
  while (at < text.length) {
    const end = endOfLine(text, at)
    const line = { text: withoutBreak(text.slice(at, end)), number: ++number }
    at = end
    // Section 2.2: empty lines before the request line are skipped.
    if (lines.length === 0 && (line.text === '' || isBeforeRequest(line.text))) continue
    if (lines.length === 0) isVerbose = line.text.startsWith('> ')
    if (isVerbose && line.text.startsWith('* ')) continue
    const content = isVerbose ? withoutPrompt(line) : line
    if (content.text === '') return isVerbose ? verboseEnd(text, lines, at) : { lines, bodyAt: at, warnings: [] }
    lines.push(content)
  }
  const warnings = ['no blank line ends the headers, so the body was taken to be empty']
  return { lines, bodyAt: text.length, warnings }
}

/** A remark of `curl -v`, or the progress that it shows where its output goes to a file. */
function isBeforeRequest(line: string): boolean {
  return line.startsWith('* ') || /^\r? +(?:% Total |Dload |0 +0 )/.test(line)
}

function endOfLine(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  return found === -1 ? text.length : found + 1
}

function withoutBreak(line: string): string {
  if (!line.endsWith('\n')) return line
  return line.slice(0, line.endsWith('\r\n') ? -2 : -1)
}

function withoutPrompt({ text, number }: Line): Line {
  if (text !== '>' && !text.startsWith('> ')) unreadable(`line ${number} does not begin with '> ' as the others do`)
  return { text: text.slice(2), number }
}

/** `curl -v` does not show the body it sends, but somebody may have added it. */
function verboseEnd(text: string, lines: readonly Line[], at: number): Head {
  const isRemark = at >= text.length || REMARKS.some((remark) => text.startsWith(remark, at))
  if (!isRemark) return { lines, bodyAt: at, warnings: [] }
  const warnings = ['curl -v shows no body, so it was taken to be empty: add it below the headers, after a blank line']
  return { lines, bodyAt: text.length, warnings }
}
