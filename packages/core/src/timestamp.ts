/** What 'auto' takes so many digits for. */
const UNITS: Readonly<Record<number, 's' | 'ms'>> = { 10: 's', 13: 'ms' }

/**
 * A stamp as milliseconds since the epoch, or undefined if it is not strictly of the unit: no sign, no leading zero, no
 * white space, nothing behind it. 'auto' takes 10 digits as seconds, 13 as milliseconds, and RFC 3339 with a zone.
 * Neither expression backtracks.
 */
export function parseTimestamp(text: string, unit: 's' | 'ms' | 'auto'): number | undefined {
  const known = unit === 'auto' ? UNITS[text.length] : unit
  if (!known) return parseRfc3339(text)
  // Up to 15 digits, which a double holds exactly.
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) * (known === 's' ? 1000 : 1) : undefined
}

/** RFC 3339, section 5.6, with a dot before the fraction. A leap second is refused: no clock that we compare with has it. */
function parseRfc3339(text: string): number | undefined {
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
