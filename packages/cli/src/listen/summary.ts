import type { ListenEvent } from './event.js'

/** Counts what came, for a sentence at the end. */
export function createSummary() {
  let accepted = 0
  let refused = 0
  const reasons = new Map<string, number>()
  return {
    count({ verdict, status }: ListenEvent): void {
      if (verdict?.ok) accepted += 1
      else {
        const reason = verdict?.reason ?? `answered ${status}`
        refused += 1
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }
    },
    text(): string {
      const total = accepted + refused
      const why = [...reasons].map(([reason, count]) => `${reason} ${count}`).join(', ')
      return `${total} ${total === 1 ? 'request' : 'requests'}: ${accepted} accepted, ${refused} refused${why && ` (${why})`}`
    },
  }
}
