import { digestBytes } from '../hash.js'
import type { Plan } from '../plan.js'
import { type HeaderEntry, headerValue, LONGEST_VALUE } from './header-entries.js'
import { contentName } from './readings/content-readings.js'
import { findDigests } from './readings/digest-readings.js'

/** What is known to stand before signatures. Nothing else of a header is shown: it may be a secret (law 9). */
const MARKS = /^(?:sha(?:1|256|384|512)=|v\d[a-z]?[=,]|Bearer )/

/** What the headers hold, told by kind and length alone. */
export function receivedShape(entries: readonly HeaderEntry[], headers: readonly string[], isDigest: boolean): string {
  const shapes = headers.map((header) => {
    const value = headerValue(entries, header)
    return value === undefined ? `no ${header}` : `${header} of ${valueShape(header, value, isDigest)}`
  })
  return [...new Set(shapes)].join(', ')
}

function valueShape(header: string, value: string, isDigest: boolean): string {
  if (value.length > LONGEST_VALUE) return `more than ${LONGEST_VALUE} characters, of which a verifier reads none`
  const digests = isDigest ? findDigests([{ name: header, value }], [header]) : []
  const [first] = digests
  const mark = isDigest ? MARKS.exec(value)?.[0] : undefined
  const count = `${value.length} characters`
  if (first === undefined) return mark === undefined ? count : `${count}, beginning with '${mark}'`
  const what = `${first.end - first.start} characters of ${first.spelling}`
  return `${count}${mark === undefined ? '' : `: '${mark}' and`}${mark === undefined ? ', with' : ''} ${what}`
}

/** What the scheme wants to see. */
export function expectedShape(plan: Plan): string {
  const { fields, hash, encoding } = plan
  const content = contentName(plan)
  return fields
    .map(({ header, prefix, slot, separator, parse }) => {
      const isOwnForm = parse !== undefined && separator === undefined
      const what =
        hash === undefined
          ? 'the secret itself'
          : `${digestCharacters(hash, encoding)} of ${encoding} (HMAC-${hash.toUpperCase()} of ${content})`
      const place = slot === undefined ? '' : ` for slot '${slot}'`
      const begin = prefix === '' ? '' : `'${prefix}' and `
      return `${header}${place}: ${begin}${what}${isOwnForm ? ', in the form that the vendor documents' : ''}`
    })
    .join('; ')
}

function digestCharacters(hash: NonNullable<Plan['hash']>, encoding: Plan['encoding']): string {
  const bytes = digestBytes(hash)
  return `${encoding === 'hex' ? bytes * 2 : Math.ceil(bytes / 3) * 4} characters`
}
