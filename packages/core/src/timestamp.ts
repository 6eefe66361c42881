/** What 'auto' takes so many digits for. */
const UNITS: Readonly<Record<number, 's' | 'ms'>> = { 10: 's', 13: 'ms' }

/**
 * A stamp of digits as milliseconds since the epoch, or undefined if it is not strictly of the unit: no sign, no leading
 * zero, no white space, nothing behind it. 'auto' takes 10 digits as seconds and 13 as milliseconds.
 */
export function parseTimestamp(text: string, unit: 's' | 'ms' | 'auto'): number | undefined {
  const known = unit === 'auto' ? UNITS[text.length] : unit
  // Up to 15 digits, which a double holds exactly. The expression does not backtrack, nor does the one below.
  return known && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) * (known === 's' ? 1000 : 1) : undefined
}

/**
 * A stamp with a date and a zone (RFC 3339, section 5.6) as milliseconds since the epoch, or undefined if it is none. A dot
 * stands before the fraction. A leap second is refused: no clock that we compare with has it.
 */
export function parseRfc3339(text: string): number | undefined {
  const [, local = '', fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? []
  // A date takes 30 February for 1 March; a real one comes back as it was.
  if (new Date(`${local}Z`).toJSON()?.slice(0, 19) !== local) return undefined
  return Date.parse(local + zone) + Math.floor(Number(fraction) * 1000)
}

/** The stamp that a vendor would send at a moment; 'auto' is written as seconds. */
export function formatTimestamp(now: number, unit: 's' | 'ms' | 'auto'): string {
  return String(unit === 'ms' ? Math.floor(now) : Math.floor(now / 1000))
}
