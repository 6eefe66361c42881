/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** Without the white space around it (RFC 9110, section 5.5). By index: an expression anchored at the end is quadratic. */
export function withoutBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (isBlank(text[start])) start++
  while (isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

/** What no header's value may hold: RFC 9110, section 5.5. */
export function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\0-\x08\x0a-\x1f\x7f]/.test(text)
}

/** A header's value, repeats joined, or undefined. */
export function headerValue(headers: readonly (readonly [string, string])[], wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}
