import { parseRfc3339 } from '../../timestamp.js'
import { type HeaderEntry, headerValue } from '../header-entries.js'

/** A text that may be a moment, in a unit that senders use. */
export interface StampReading {
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly unit: string
}

/** For a sentence: "in seconds", "as a date". */
export function unitWords(unit: string): string {
  return unit === DATE ? `as ${DATE}` : `in ${unit}`
}

const DATE = 'a date'

/** Of so many digits: now, and for some centuries. */
const DIGITS: Readonly<Record<number, readonly [unit: string, perSecond: number]>> = {
  10: ['seconds', 1],
  13: ['milliseconds', 1e3],
  16: ['microseconds', 1e6],
  19: ['nanoseconds', 1e9],
}

/** What a text means as a moment, or undefined. */
export function readStamp(text: string): StampReading | undefined {
  const [whole = '', fraction] = text.split('.')
  const form = DIGITS[whole.length]
  // From 1970 on, without a leading zero.
  if (form !== undefined && /^[1-9]\d+$/.test(whole) && /^\d{0,9}$/.test(fraction ?? '')) {
    const [unit, perSecond] = form
    const name = fraction === undefined ? unit : `${unit} with a fraction`
    return { text, at: (Number(text) / perSecond) * 1000, unit: name }
  }
  const date = parseRfc3339(text) ?? (/^[A-Z][a-z]{2}, \d\d [A-Z]/.test(text) ? Date.parse(text) : undefined)
  return date === undefined || Number.isNaN(date) ? undefined : { text, at: date, unit: DATE }
}

const MOST_STAMPS = 8

export interface FoundStamp extends StampReading {
  readonly header: string
}

/** Stamps in the headers, each once: those of the signature first, then headers of their own. */
export function findStamps(
  entries: readonly HeaderEntry[],
  signatureHeaders: readonly string[],
): readonly FoundStamp[] {
  const found = new Map<string, FoundStamp>()
  const add = (header: string, texts: readonly string[]) => {
    for (const text of texts) {
      const stamp = found.has(text) ? undefined : readStamp(text)
      if (stamp !== undefined && found.size < MOST_STAMPS) found.set(text, { ...stamp, header })
    }
  }
  for (const name of new Set(signatureHeaders)) add(name, headerValue(entries, name)?.split(/[\s,;="']+/) ?? [])
  for (const { name, value } of entries) if (/time|date/i.test(name)) add(name, [value.trim()])
  return [...found.values()]
}

/** The same moment as it would be written in other units. */
export function otherUnits({ text, at }: StampReading): readonly string[] {
  const seconds = String(Math.floor(at / 1000))
  const date = new Date(at).toISOString()
  // Dates are written with milliseconds and without.
  const dates = [date, date.replace(/\.\d{3}Z$/, 'Z')]
  return [seconds, String(Math.floor(at)), ...dates, `${seconds}000`].filter((other) => other !== text)
}
