import { utf8 } from '../../encoding.js'
import { fail } from '../../errors.js'
import { binaryBytes } from './binary-text.js'
import { hasControls, isToken, withoutBlanks } from './header-text.js'
import { asPercentB } from './percent-b.js'

/** What `formatCurl` writes down. */
export interface CurlRequest {
  /** `POST` if not given. */
  method?: string
  /** Where it goes, percent-encoded. */
  url: string
  /** Or entries, where a header repeats. */
  headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[]
  /** Text counts as its UTF-8 bytes. */
  body: string | Uint8Array
}

/** Linux takes no single argument of 128 KiB or more; `printf` is no program, and has no such limit. */
const LONGEST_ARGUMENT = 100_000
/** curl frames the body that it sends. */
const FRAMING = ['content-length', 'transfer-encoding']

/**
 * One curl command for POSIX shells that sends exactly these bytes. A body that is no printable text, or too long for an
 * argument, comes through `printf`. Headers hold what they hold here, secrets, too.
 *
 * @throws CountersignError `option-invalid` for a method, URL or header that no request can have.
 */
export function formatCurl(request: CurlRequest): string {
  const { method = 'POST', url, headers, body } = request
  const { printf, data } = bodyArguments(body)
  const words = ['curl', ...methodArguments(method), ...urlArguments(url), ...headerArguments(headers), ...data]
  return [...printf, words.join(' ')].join(' | ')
}

function methodArguments(method: string): string[] {
  if (!isToken(method)) fail('option-invalid', 'method is no HTTP method')
  // Data makes it a POST.
  return method === 'POST' ? [] : ['-X', quoted(method)]
}

function urlArguments(url: string): string[] {
  if (url === '' || /[\s\p{Cc}]/u.test(url))
    fail('option-invalid', 'url is empty, or holds white space: percent-encode it')
  // From 8.13 on, curl reads URLs from a file of that name.
  if (url.startsWith('@')) fail('option-invalid', 'url begins with @, by which curl means a file')
  return [
    // Braces and brackets are patterns to curl, and '/../' is resolved, unless it is told otherwise.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(url.includes('/.') ? ['--path-as-is'] : []),
    ...(url.startsWith('-') ? ['--url'] : []),
    quoted(url),
  ]
}

function headerArguments(headers: CurlRequest['headers']): string[] {
  const entries: readonly (readonly [string, string])[] = isEntries(headers) ? headers : Object.entries(headers)
  const sent = entries.filter(([name]) => !FRAMING.includes(name.toLowerCase()))
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type')
  // Data would bring a content type of its own, which nobody asked for.
  const withheld = hasType ? [] : ["'Content-Type:'"]
  return [...sent.map(([name, value]) => headerWord(name, value)), ...withheld].flatMap((word) => ['-H', word])
}

function isEntries(headers: CurlRequest['headers']): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers)
}

function headerWord(name: string, value: string): string {
  if (!isToken(name)) fail('option-invalid', `${JSON.stringify(name)} is no name of a header`)
  if (hasControls(value)) fail('option-invalid', `the header ${name} holds a control character, which no header may`)
  const text = withoutBlanks(value)
  const header = text === '' ? `${name};` : `${name}: ${text}`
  // A byte of a header is the character of that number. The command itself is UTF-8, so these bytes have to be made.
  const isBytes = /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)
  return isBytes ? `"$(printf '%b' '${asPercentB(binaryBytes(header))}')"` : quoted(header)
}

function bodyArguments(body: string | Uint8Array): { printf: string[]; data: string[] } {
  const bytes = typeof body === 'string' ? utf8(body) : body
  const text = printable(bytes)
  const stdin = { data: ['--data-binary', '@-'] }
  if (text === undefined) return { ...stdin, printf: [`printf '%b' '${asPercentB(bytes)}'`] }
  if (bytes.length > LONGEST_ARGUMENT) return { ...stdin, printf: [`printf '%s' ${quoted(text)}`] }
  // --data-binary would take what begins with @ for a file.
  return { printf: [], data: [text.startsWith('@') ? '--data-raw' : '--data-binary', quoted(text)] }
}

/** The body as text, or undefined if it is no UTF-8, or holds what a terminal would not show, or would obey. */
function printable(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return /[^\P{Cc}\t\n]/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** For a POSIX shell: within single quotes nothing is special, so a quote is written outside of them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
