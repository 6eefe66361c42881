import { parseRfc3339 } from '@countersign/core'
import { InvalidArgumentError, Option } from 'commander'

/** `--now`, for commands in which a moment matters. */
export function nowOption(meaning = 'take this for the present moment'): Option {
  return new Option('--now <time>', `${meaning}: 2026-01-01T12:00:00Z, or milliseconds`).argParser(parseTime)
}

/** A moment as ISO 8601 with its zone, or in milliseconds since the epoch; the result is the latter. */
export function parseTime(text: string): number {
  // Ten digits would be seconds: the year 2026 of those is January 1970 here.
  const time = /^\d{13}$/.test(text) ? Number(text) : parseRfc3339(text)
  if (time !== undefined) return time
  throw new InvalidArgumentError(
    'Write a date with its time and zone, such as 2026-01-01T12:00:00Z, or 13 digits: milliseconds since the epoch.',
  )
}
