import type { PostgresStore } from '../src/index.js'

export interface HeldClaim {
  readonly key: string
  readonly token: string
  readonly attempt: number
}

/** Claims a key, a new one unless said. @throws Error if another holds it. */
export async function claimed(store: PostgresStore, key = newKey(), leaseMs = 60_000): Promise<HeldClaim> {
  const claim = await store.claim(key, leaseMs)
  if (claim.state !== 'claimed') throw new Error(`it is ${claim.state}`)
  return { key, token: claim.token, attempt: claim.attempt ?? 0 }
}

export function newKey(): string {
  return `key-${crypto.randomUUID()}`
}
