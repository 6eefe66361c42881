import type { KeyringRecord, KeyringRecords } from './keyring-records.js'

/** Keyring records in the memory of this process, until it ends: for tests, and to try things out. */
export function memoryKeyrings(): KeyringRecords {
  const records = new Map<string, KeyringRecord>()
  const watchers = new Map<string, Set<() => void>>()
  return Object.freeze<KeyringRecords>({
    read: async (name) => records.get(name),
    async write(name, record, expectedVersion) {
      if (records.get(name)?.version !== expectedVersion) return false
      records.set(name, record)
      // Later, and apart: what a watcher throws is no fault of who saves.
      for (const changed of watchers.get(name) ?? [])
        Promise.resolve()
          .then(changed)
          .catch(() => {})
      return true
    },
    list: async () => [...records.keys()],
    watch(name, changed) {
      // Of its own, so that the same function can watch twice, and each ends alone.
      const watcher = () => changed()
      watchers.set(name, (watchers.get(name) ?? new Set()).add(watcher))
      return () => {
        watchers.get(name)?.delete(watcher)
      }
    },
  })
}
