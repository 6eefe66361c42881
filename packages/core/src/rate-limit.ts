/** Says whether a thing may be done now, which is once an interval, and notes that it was. */
export function createRateLimit(): (thing: unknown, now: number, intervalMs: number) => boolean {
  const last = new Map<unknown, number>()
  return (thing, now, intervalMs) => {
    const isDue = !(Math.abs(now - (last.get(thing) ?? Number.NaN)) < intervalMs)
    if (isDue) last.set(thing, now)
    return isDue
  }
}
