/** What a store has to know of a key, and nothing of how. Times are of the model's own clock, in milliseconds. */
interface Known {
  state: 'held' | 'released' | 'done'
  /** Of the last claim. */
  token: string
  attempt: number
  /** The end of the lease, or of what `complete` asked for. */
  until: number
}

/** What a claim must be told. */
export type ExpectedClaim =
  | { readonly state: 'claimed'; readonly attempt: number }
  | { readonly state: 'in-progress'; readonly atMostMs: number }
  | { readonly state: 'done' }

/** What a token is worth: `open` where the contract leaves the answer to the store. */
type ExpectedAnswer = boolean | 'open'

/** The contract of a store in its simplest form, one call after the other. */
export interface StoreModel {
  advance(ms: number): void
  claim(key: string): ExpectedClaim
  /** To be told of each claim that was granted. */
  claimed(key: string, token: string, leaseMs: number): void
  /** What a call with a token must resolve to; `complete` says which of the three it is. */
  answer(key: string, token: string): ExpectedAnswer
  /** To be told of each call that resolved to true. */
  extended(key: string, leaseMs: number): void
  completed(key: string, keepMs: number): void
  released(key: string): void
}

export function storeModel(): StoreModel {
  const keys = new Map<string, Known>()
  let now = 0

  function current(key: string): Known | undefined {
    const known = keys.get(key)
    if (known?.state === 'done' && known.until <= now) keys.delete(key)
    return keys.get(key)
  }

  function change(key: string, changed: Partial<Known>): void {
    const known = current(key)
    if (known !== undefined) keys.set(key, { ...known, ...changed })
  }

  return {
    advance(ms) {
      now += ms
    },
    claim(key) {
      const known = current(key)
      if (known?.state === 'done') return { state: 'done' }
      if (known?.state === 'held' && known.until > now) return { state: 'in-progress', atMostMs: known.until - now }
      return { state: 'claimed', attempt: (known?.attempt ?? 0) + 1 }
    },
    claimed(key, token, leaseMs) {
      const attempt = (current(key)?.attempt ?? 0) + 1
      keys.set(key, { state: 'held', token, attempt, until: now + leaseMs })
    },
    answer(key, token) {
      const known = current(key)
      if (known?.token !== token || known.state !== 'held') return false
      return known.until > now || 'open'
    },
    extended: (key, leaseMs) => change(key, { until: now + leaseMs }),
    completed: (key, keepMs) => change(key, { state: 'done', until: now + keepMs }),
    released: (key) => change(key, { state: 'released' }),
  }
}
