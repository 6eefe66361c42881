import { headerValue } from './header-text.js'

/** The declared length, or undefined where there is none, or none that is one number (RFC 9112, section 6.3). */
export function declaredLength(headers: readonly (readonly [string, string])[]): number | undefined {
  const value = headerValue(headers, 'content-length')
  if (value === undefined) return undefined
  // A repeat of the same number may have been joined by a proxy: section 6.3, rule 5.
  const [length = '', ...others] = value.split(',').map((one) => one.trim())
  const isOne = /^[0-9]{1,15}$/.test(length) && others.every((one) => one === length)
  return isOne ? Number(length) : undefined
}

/** The cheapest sign that a body is not what was sent: a tool wrote it anew. */
export function lengthWarnings(request: {
  headers: readonly (readonly [string, string])[]
  body: Uint8Array
}): string[] {
  const declared = declaredLength(request.headers)
  if (declared === undefined || declared === request.body.length) return []
  return [`the header Content-Length says ${declared} bytes, and the body has ${request.body.length}`]
}
