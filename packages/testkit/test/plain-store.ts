import type { Claim, IdempotencyStore } from '@countersign/core'
import type { StoreUnderTest } from '../src/index.js'

/** One key's entry in the shared data. */
export interface Row {
  readonly state: 'held' | 'released' | 'done'
  readonly token: string
  readonly attempt: number
  readonly until: number
}

/** The data, its clock, and whether it can be reached: what all clients of a store share. */
export interface Data {
  readonly rows: Map<string, Row>
  now: number
  isDown: boolean
}

/** Changes the good store into a defective one; called once for each client. */
export type Defect = (good: IdempotencyStore, data: Data) => Partial<IdempotencyStore>

const NO_DEFECT: Defect = () => ({})

/** What `storeSuite` takes: a store that keeps the contract, but for the defect. Its clock is stepped. */
export function startPlain(defect: Defect = NO_DEFECT): () => Promise<StoreUnderTest & { readonly data: Data }> {
  return async () => {
    const data: Data = { rows: new Map(), now: 1_000, isDown: false }
    const client = () => {
      const good = plainStore(data)
      return { ...good, ...defect(good, data) }
    }
    return {
      data,
      store: client(),
      another: async () => client(),
      persistent: true,
      advance: async (ms) => {
        data.now += ms
      },
      breakDown: async () => {
        data.isDown = true
      },
      mend: async () => {
        data.isDown = false
      },
    }
  }
}

/** The same without a clock to step: the suite waits. */
export function startOnSystemClock(): () => Promise<StoreUnderTest> {
  return async () => {
    const data: Data = {
      rows: new Map(),
      isDown: false,
      get now() {
        return Date.now()
      },
    }
    return { store: plainStore(data) }
  }
}

export function isOver(row: Row | undefined, now: number): boolean {
  return row === undefined || row.state === 'released' || row.until <= now
}

let claims = 0

export function newToken(): string {
  claims += 1
  return `token-${claims}`
}

function plainStore(data: Data): IdempotencyStore {
  const own = async (key: string, token: string, changed: (row: Row) => Partial<Row>) => {
    reach(data)
    const row = data.rows.get(key)
    if (row?.token !== token || row.state !== 'held') return false
    data.rows.set(key, { ...row, ...changed(row) })
    return true
  }
  return {
    async claim(key, leaseMs): Promise<Claim> {
      reach(data)
      const row = data.rows.get(key)
      if (row !== undefined && !isOver(row, data.now)) {
        return row.state === 'done' ? { state: 'done' } : { state: 'in-progress', retryAfterMs: row.until - data.now }
      }
      const attempt = row === undefined || row.state === 'done' ? 1 : row.attempt + 1
      const token = newToken()
      data.rows.set(key, { state: 'held', token, attempt, until: data.now + leaseMs })
      return { state: 'claimed', token, attempt }
    },
    extend: (key, token, leaseMs) => own(key, token, () => ({ until: data.now + leaseMs })),
    complete: (key, token, keepMs) => own(key, token, () => ({ state: 'done', until: data.now + keepMs })),
    release: (key, token) => own(key, token, () => ({ state: 'released' })),
  }
}

function reach(data: Data): void {
  if (data.isDown) throw new Error('the store is down')
}
