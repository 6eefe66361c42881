const NOT_ASCII = /[\u0080-\uffff]/g

/**
 * A key as PostgreSQL takes it. Keys are any texts: PostgreSQL takes no NUL, UTF-8 has no lone surrogates, and a database
 * may be in Latin-1. As JSON in ASCII each stays different from all others.
 */
export function asciiText(key: string): string {
  return JSON.stringify(key).replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
