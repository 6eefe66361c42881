import { parseRfc3339 } from '../../timestamp.js'
import { type HeaderEntry, headerValue } from '../header-entries.js'

/** A text that may be a moment, in a unit that senders use. */
export interface StampReading {
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly unit: string
}

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
  return date === undefined || Number.isNaN(date) ? undefined : { text, at: date, unit: 'a date' }
}

const MOST_STAMPS = 8

/** Stamps in the headers: those of the signature first, then headers of their own. */
export function findStamps(
  entries: readonly HeaderEntry[],
  signatureHeaders: readonly string[],
): readonly StampReading[] {
  const texts = signatureHeaders.flatMap((name) => headerValue(entries, name)?.split(/[\s,;="']+/) ?? [])
  const others = entries.flatMap(({ name, value }) => (/time|date/i.test(name) ? [value.trim()] : []))
  const found = [...new Set([...texts, ...others])].flatMap((text) => readStamp(text) ?? [])
  return found.slice(0, MOST_STAMPS)
}

/** The same moment as it would be written in other units. */
export function otherUnits({ text, at }: StampReading): readonly string[] {
  const seconds = String(Math.floor(at / 1000))
  return [seconds, String(Math.floor(at)), new Date(at).toISOString(), `${seconds}000`].filter(
    (other) => other !== text,
  )
}
