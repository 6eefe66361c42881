/** What 'auto' takes so many digits for. */
const SCALES: Readonly<Record<number, number>> = { 10: 1000, 13: 1 }

/**
 * A stamp of digits as milliseconds since the epoch, or undefined if it is not strictly of the unit: no sign, no leading
 * zero, no white space, nothing behind it. 'auto' takes 10 digits as seconds and 13 as milliseconds.
 */
export function parseTimestamp(text: string, unit: 's' | 'ms' | 'auto'): number | undefined {
  let stamp = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    // Up to 15 digits, which a double holds exactly. By hand: a number made by the language takes other spellings, too.
    if (digit < 0 || digit > 9 || at > 14 || (at && !stamp)) return undefined
    stamp = stamp * 10 + digit
  }
  const scale = unit === 'auto' ? SCALES[text.length] : unit === 's' ? 1000 : 1
  return text && scale ? stamp * scale : undefined
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
