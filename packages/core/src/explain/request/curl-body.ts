import type { CurlOption } from './curl-options.js'
import { unreadable } from './unreadable.js'

export interface CurlBody {
  /** Binary text, or undefined: the request has no body. */
  readonly data: string | undefined
  /** What is appended to the URL. */
  readonly query: string
}

/** What `curl_easy_escape` leaves alone. */
const UNRESERVED = /[A-Za-z0-9\-._~]/

/** What curl's options of data send. `stdin` is what stands for the file `-`. */
export function curlBody(options: readonly CurlOption[], stdin: string | undefined): CurlBody {
  const queries = options.filter(({ name }) => name === 'url-query').map(({ value }) => queryPart(value, stdin))
  let data: string[] | undefined
  for (const option of options) {
    const part = dataPart(option, stdin)
    if (part === undefined) continue
    // The pieces of one JSON document are not put together with '&'.
    if (data === undefined) data = [part]
    else data.push(option.name === 'json' ? '' : '&', part)
  }
  if (data === undefined || !options.some(({ name }) => name === 'get')) {
    return { data: data?.join(''), query: queries.join('&') }
  }
  return { data: undefined, query: [data.join(''), ...queries].join('&') }
}

function dataPart({ name, value }: CurlOption, stdin: string | undefined): string | undefined {
  switch (name) {
    case 'data':
    case 'data-ascii':
      // From a file, and only then, line breaks and NULs are taken out.
      return value.startsWith('@') ? fileContent(value, name, stdin).replace(/[\r\n\0]/g, '') : value
    case 'data-binary':
    case 'json':
      return value.startsWith('@') ? fileContent(value, name, stdin) : value
    case 'data-raw':
      return value
    case 'data-urlencode':
      return urlEncoded(value, name, stdin)
    default:
      return undefined
  }
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
function urlEncoded(value: string, option: string, stdin: string | undefined): string {
  const at = value.search(/[=@]/)
  if (at === -1) return escaped(value)
  const name = value.slice(0, at)
  const content = value[at] === '@' ? fileContent(value.slice(at), option, stdin) : value.slice(at + 1)
  return name === '' ? escaped(content) : `${name}=${escaped(content)}`
}

/** As `--data-urlencode`, but what begins with `+` is not encoded. */
function queryPart(value: string, stdin: string | undefined): string {
  return value.startsWith('+') ? value.slice(1) : urlEncoded(value, 'url-query', stdin)
}

function escaped(text: string): string {
  return Array.from(text, escapedByte).join('')
}

function escapedByte(byte: string): string {
  if (UNRESERVED.test(byte)) return byte
  return byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function fileContent(file: string, option: string, stdin: string | undefined): string {
  if (file === '@-' && stdin !== undefined) return stdin
  unreadable(
    `the body is in the file of --${option} @: paste it in its place (--data-raw '...'), or use the option --body-file of the command line`,
  )
}
