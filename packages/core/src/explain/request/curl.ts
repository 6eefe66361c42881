import { binaryBytes } from './binary-text.js'
import type { CapturedRequest } from './captured-request.js'
import { cmdWords, isCmd } from './cmd-words.js'
import { curlBody } from './curl-body.js'
import { curlHeaders } from './curl-headers.js'
import { type CurlOption, readOptions } from './curl-options.js'
import { percentB } from './percent-b.js'
import { type Pipeline, shellWords } from './shell-words.js'
import { unreadable } from './unreadable.js'

/** What cannot be known from the command alone. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['form', 'the boundary of a form (-F) is made by curl as it sends: paste the request as raw HTTP'],
  ['form-string', 'the boundary of a form is made by curl as it sends: paste the request as raw HTTP'],
  [
    'upload-file',
    'the body is in the file of -T: paste it in its place, or use the option --body-file of the command line',
  ],
  ['config', 'options are in the file of -K: put them in its place'],
  ['next', '--next begins another request: paste one of them alone'],
])

/** The request that a curl command sends. `text` is binary text. */
export function parseCurl(text: string): CapturedRequest {
  const command = text.startsWith('$ ') ? text.slice(2) : text
  const { commands, warnings } = isCmd(command) ? cmdPipeline(command) : shellWords(command)
  const { words, stdin } = curlOf(commands)
  const options = readOptions(words)
  for (const { name } of options) if (REFUSED.has(name)) unreadable(REFUSED.get(name) ?? name)
  const { data, query } = curlBody(options, stdin)
  const { headers, ignored } = curlHeaders(options, data !== undefined)
  return {
    format: 'curl',
    method: methodOf(options, data !== undefined),
    url: withQuery(urlOf(options), query),
    headers,
    body: binaryBytes(data ?? ''),
    warnings: [...warnings, ...ignored],
  }
}

function cmdPipeline(command: string): Pipeline {
  return { commands: [cmdWords(command)], warnings: [] }
}

/** curl's words, and what is piped into it. `printf` stands before it where `formatCurl` wrote the command. */
function curlOf(commands: Pipeline['commands']): { words: readonly string[]; stdin: string | undefined } {
  const [[first, ...words] = [], [second, ...piped] = []] = commands
  if (first === 'curl' || first === 'curl.exe') return { words, stdin: undefined }
  const [format, text, ...more] = words
  if (second !== 'curl' || text === undefined || more.length > 0) unreadable('printf is not followed by | curl')
  return { words: piped, stdin: format === '%b' ? percentB(text) : text }
}

function methodOf(options: readonly CurlOption[], hasData: boolean): string {
  const given = options.filter(({ name }) => name === 'request').pop()
  if (given !== undefined) return given.value
  if (options.some(({ name }) => name === 'head')) return 'HEAD'
  return hasData ? 'POST' : 'GET'
}

function urlOf(options: readonly CurlOption[]): string {
  const urls = options.filter(({ name }) => name === 'url').map(({ value }) => value)
  const [url, another] = urls
  if (url === undefined) unreadable('the curl command has no URL')
  if (another !== undefined) {
    unreadable('the curl command has several URLs: take out all but one, or quote what is no URL')
  }
  return url.includes('://') ? url : `http://${url}`
}

function withQuery(url: string, query: string): string {
  if (query === '') return url
  const [address = '', ...fragment] = url.split('#')
  const joint = address.includes('?') ? '&' : '?'
  return [`${address}${joint}${query}`, ...fragment].join('#')
}
