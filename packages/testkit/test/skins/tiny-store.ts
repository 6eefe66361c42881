import type { IdempotencyStore } from '@countersign/core'

/** A store without leases: enough where no process ends. */
export function tinyStore(): IdempotencyStore {
  const entries = new Map<string, string>()
  let claims = 0
  const whileHeld = async (key: string, token: string, change: () => void) => {
    const isHeld = entries.get(key) === token
    if (isHeld) change()
    return isHeld
  }
  return {
    async claim(key) {
      const entry = entries.get(key)
      if (entry === 'done') return { state: 'done' }
      if (entry !== undefined) return { state: 'in-progress', retryAfterMs: 1500 }
      claims += 1
      const token = `token-${claims}`
      entries.set(key, token)
      return { state: 'claimed', token, attempt: 1 }
    },
    extend: (key, token) => whileHeld(key, token, () => {}),
    complete: (key, token) => whileHeld(key, token, () => entries.set(key, 'done')),
    release: (key, token) => whileHeld(key, token, () => entries.delete(key)),
  }
}
