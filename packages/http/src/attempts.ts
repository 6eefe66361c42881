/** Counts failures where the store does not count attempts, or where there is none: for this process alone. */
export interface Attempts {
  /** How many attempts of this delivery have failed. */
  failed(key: string): number
  /** One more has. Gives how many that makes. */
  fail(key: string): number
  /** Handled, so that nothing is left to count. */
  forget(key: string): void
}

/** So many failing deliveries are kept in mind; the one that failed longest ago is forgotten first. */
const MAX_KEYS = 10_000

export function createAttempts(): Attempts {
  const failures = new Map<string, number>()
  return {
    failed: (key) => failures.get(key) ?? 0,
    fail(key) {
      const count = (failures.get(key) ?? 0) + 1
      // Behind all others, so that the first is the one that failed longest ago.
      failures.delete(key)
      failures.set(key, count)
      if (failures.size > MAX_KEYS) failures.delete(failures.keys().next().value as string)
      return count
    },
    forget(key) {
      failures.delete(key)
    },
  }
}
