import type { Deviation } from './deviation.js'

/** What stands in another header than the scheme's. */
export interface MovedHeader {
  readonly what: 'timestamp' | 'id'
  readonly header: string
  readonly wanted: string
}

/** Undefined where it stands in its place. */
export function moved(
  what: MovedHeader['what'],
  header: string | undefined,
  wanted: string | undefined,
): MovedHeader | undefined {
  if (header === undefined || wanted === undefined || header.toLowerCase() === wanted.toLowerCase()) return undefined
  return { what, header, wanted }
}

/** Of all that stands elsewhere; undefined where nothing does. */
export function movedDeviation(places: readonly (MovedHeader | undefined)[]): Deviation | undefined {
  const found = places.filter((place) => place !== undefined)
  if (found.length === 0) return undefined
  const told = found.map(
    ({ what, header, wanted }) => `the ${what} of the header ${header}, where ${wanted} is expected`,
  )
  return {
    code: 'other-header',
    summary: `with ${told.join(', and ')}`,
    fix: 'Configure the names of the headers if the vendor sends these; else keep what renames them (a proxy, a gateway, CGI) from doing so.',
  }
}
