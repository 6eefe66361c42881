import type { CurlOption } from './curl-options.js'
import { isToken, withoutBlanks } from './header-text.js'
import { unreadable } from './unreadable.js'

type Header = readonly [string, string]

export interface CurlHeaders {
  readonly headers: readonly Header[]
  /** Warnings of what curl would not send. */
  readonly ignored: readonly string[]
}

/**
 * The headers that a command asks for, and those that its data and its login bring. Not what every request of curl has
 * (Host, User-Agent, Accept, Content-Length): it says nothing about this one.
 */
export function curlHeaders(options: readonly CurlOption[], hasData: boolean): CurlHeaders {
  const headers: Header[] = []
  const ignored: string[] = []
  const set = new Set<string>()
  for (const { value } of options.filter(({ name }) => name === 'header')) {
    const custom = customHeader(value)
    if (custom === undefined) ignored.push('curl sends no header for a -H without a colon')
    else {
      set.add(custom.name.toLowerCase())
      if (custom.value !== undefined) headers.push([custom.name, custom.value])
    }
  }
  // `Name:` takes away what curl would send by itself.
  const own = defaults(options, hasData).filter(([name]) => !set.has(name.toLowerCase()))
  return { headers: [...headers, ...own], ignored: [...new Set(ignored)] }
}

/** `Name: value`; `Name;` is sent without a value, and `Name:` is not sent (`value` is undefined). */
function customHeader(text: string): { name: string; value: string | undefined } | undefined {
  if (text.startsWith('@')) unreadable('headers are in the file of -H @: put them in its place')
  const end = text.search(/[:;]/)
  if (end === -1) return undefined
  const colon = text.indexOf(':')
  const name = text.slice(0, colon === -1 ? end : colon)
  const value = withoutBlanks(text.slice(name.length + 1))
  if (/[\r\n]/.test(text)) unreadable('a -H holds a line break, which no header may')
  if (colon === -1) return value === '' && isToken(name) ? { name, value } : undefined
  if (!isToken(name)) unreadable('before the colon of a -H stands what no name may hold, such as white space')
  return { name, value: value === '' ? undefined : value }
}

function defaults(options: readonly CurlOption[], hasData: boolean): Header[] {
  const last = (wanted: string): string | undefined => options.filter(({ name }) => name === wanted).pop()?.value
  const user = last('user')
  const token = last('oauth2-bearer')
  const cookies = options.filter(({ name, value }) => name === 'cookie' && value.includes('='))
  const isJson = last('json') !== undefined
  const headers: (readonly [string, string | undefined])[] = [
    // Of a user without a password curl asks for one.
    ['Authorization', user && `Basic ${btoa(user.includes(':') ? user : `${user}:`)}`],
    ['Authorization', token && `Bearer ${token}`],
    ['User-Agent', last('user-agent')],
    ['Referer', last('referer')?.replace(/;auto$/, '')],
    ['Cookie', cookies.map(({ value }) => value).join(';')],
    ['Content-Type', hasData ? (isJson ? 'application/json' : 'application/x-www-form-urlencoded') : undefined],
    ['Accept', isJson ? 'application/json' : undefined],
  ]
  return headers.filter((header): header is Header => !!header[1])
}
