/** A moment as it stands in a form: empty is now, up to four digits are a year. */
export function momentOf(text: string, clock: () => number = Date.now): number {
  const trimmed = text.trim()
  if (trimmed === '') return clock()
  const at = /^\d{5,16}$/.test(trimmed) ? Number(trimmed) : Date.parse(trimmed)
  if (Number.isFinite(at)) return at
  throw new Error('The moment is no date: write it as 2026-01-31T12:00:00Z, or in milliseconds since the epoch.')
}
