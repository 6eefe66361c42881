import { type KeyringRecord, type KeyringRecords, type KeyringStore, plaintextAtRest } from '@countersign/core'
import type { KeyringStoreUnderTest } from '../src/index.js'

/** What all clients of a store share: the data, who watches, and whether it can be reached. */
export interface KeyringData {
  readonly rows: Map<string, KeyringRecord>
  readonly watchers: { readonly name: string; readonly changed: () => void }[]
  isDown: boolean
  /** How often it was down. */
  outages: number
}

/** Changes the good records, or the good store, into defective ones; called once for each client. */
export interface KeyringDefect {
  readonly records?: (good: KeyringRecords, data: KeyringData) => Partial<KeyringRecords>
  readonly store?: (good: KeyringStore, data: KeyringData) => Partial<KeyringStore>
}

/** What `keyringStoreSuite` takes: a store that keeps the contract, but for the defect. */
export function startPlainKeyrings(
  defect: KeyringDefect = {},
): () => Promise<KeyringStoreUnderTest & { readonly data: KeyringData }> {
  return async () => {
    const data: KeyringData = { rows: new Map(), watchers: [], isDown: false, outages: 0 }
    const client = () => {
      const records = plainRecords(data)
      const good = plaintextAtRest({ ...records, ...defect.records?.(records, data) })
      return { ...good, ...defect.store?.(good, data) }
    }
    return {
      data,
      store: client(),
      another: async () => client(),
      persistent: true,
      breakDown: async () => {
        data.isDown = true
        data.outages += 1
      },
      mend: async () => {
        data.isDown = false
      },
    }
  }
}

/** Tells of the change of a ring, later, as a server does. */
export function tell({ watchers }: KeyringData, name: string): void {
  for (const watcher of watchers) if (watcher.name === name) setImmediate(() => callIfStill(watchers, watcher))
}

/** @throws Error while the store is down. */
export function reached(data: KeyringData): KeyringData {
  if (data.isDown) throw new Error('the store is down')
  return data
}

function callIfStill(watchers: KeyringData['watchers'], watcher: KeyringData['watchers'][number]): void {
  if (watchers.includes(watcher)) watcher.changed()
}

function plainRecords(data: KeyringData): KeyringRecords {
  return {
    read: async (name) => reached(data).rows.get(name),
    async write(name, record, expectedVersion) {
      const { rows } = reached(data)
      if (rows.get(name)?.version !== expectedVersion) return false
      rows.set(name, record)
      tell(data, name)
      return true
    },
    list: async () => [...reached(data).rows.keys()],
    watch(name, changed) {
      const watcher = { name, changed }
      data.watchers.push(watcher)
      return () => {
        const place = data.watchers.indexOf(watcher)
        if (place >= 0) data.watchers.splice(place, 1)
      }
    },
  }
}
