/** The greatest instant that a Date holds, in milliseconds. */
const LAST_DATE = 8.64e15

/** A moment as it stands in a form: empty is now, up to four digits are a year, ten are seconds as vendors' stamps have them. */
export function momentOf(text: string, clock: () => number = Date.now): number {
  const trimmed = text.trim()
  if (trimmed === '') return clock()
  const at = /^\d{5,16}$/.test(trimmed) ? Number(trimmed) * (trimmed.length === 10 ? 1000 : 1) : Date.parse(trimmed)
  if (Math.abs(at) <= LAST_DATE) return at
  throw new Error(
    'The moment is no date: write it as 2026-01-31T12:00:00Z, or in milliseconds or seconds of the epoch.',
  )
}
