/** Counts the attempts of deliveries where the store does not, or where there is none: for this process alone. */
export interface Attempts {
  /** The number of the attempt that begins now, 1 for the first. */
  begin(key: string): number
  /** Handled, so that nothing is left to count. */
  forget(key: string): void
}

/** So many failing deliveries are kept in mind; the one that failed longest ago is forgotten first. */
const MAX_KEYS = 10_000

export function createAttempts(): Attempts {
  const counts = new Map<string, number>()
  return {
    begin(key) {
      const attempt = (counts.get(key) ?? 0) + 1
      counts.delete(key)
      const [oldest] = counts.keys()
      if (counts.size >= MAX_KEYS && oldest !== undefined) counts.delete(oldest)
      counts.set(key, attempt)
      return attempt
    },
    forget(key) {
      counts.delete(key)
    },
  }
}
