import { parseRfc3339 } from '../../timestamp.js'
import { readStamp } from '../readings/stamp-readings.js'
import { literal } from './literal.js'

/** How a provider would read a stamp: as data, and as the text of it. */
export interface StampPlace {
  readonly timestamp: {
    readonly unit: 's' | 'ms' | 'auto'
    readonly header?: string
    readonly parse?: (text: string) => number | undefined
  }
  readonly source: string
}

type Parse = (text: string) => number | undefined

/** Of units that `unit` has no name for. */
const PARSED: Readonly<Record<string, readonly [parse: Parse, source: string]>> = {
  microseconds: [digitsOf(16, 1e3), '(text) => (/^\\d{16}$/.test(text) ? Number(text) / 1e3 : undefined)'],
  nanoseconds: [digitsOf(19, 1e6), '(text) => (/^\\d{19}$/.test(text) ? Number(text) / 1e6 : undefined)'],
  'seconds with a fraction': [
    (text) => (/^\d{10}\.\d+$/.test(text) ? Number(text) * 1000 : undefined),
    '(text) => (/^\\d{10}\\.\\d+$/.test(text) ? Number(text) * 1000 : undefined)',
  ],
  // Of HTTP: RFC 9110, section 5.6.7.
  'a date': [(text) => Date.parse(text) || undefined, '(text) => Date.parse(text) || undefined'],
}

function digitsOf(count: number, perMillisecond: number): Parse {
  return (text) => (/^\d+$/.test(text) && text.length === count ? Number(text) / perMillisecond : undefined)
}

/** Undefined where no scheme can read it. `header`: its own; none if it stands beside the signature. */
export function stampPlace(text: string, header: string | undefined): StampPlace | undefined {
  const { unit: name = '' } = readStamp(text) ?? {}
  const place = header === undefined ? {} : { header }
  const before = header === undefined ? '' : `header: ${literal(header)}, `
  if (name === 'seconds' || name === 'milliseconds') {
    const unit = name === 'seconds' ? 's' : 'ms'
    return { timestamp: { ...place, unit }, source: `{ ${before}unit: '${unit}' }` }
  }
  // `defineProvider` gives 'auto' that of RFC 3339 by itself.
  if (parseRfc3339(text) !== undefined) {
    return { timestamp: { ...place, unit: 'auto', parse: parseRfc3339 }, source: `{ ${before}unit: 'auto' }` }
  }
  const [parse, source] = PARSED[name] ?? []
  return (
    parse && { timestamp: { ...place, unit: 'auto', parse }, source: `{ ${before}unit: 'auto', parse: ${source} }` }
  )
}
