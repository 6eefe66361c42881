import type { KeyringRecords } from '@countersign/core'
import type { SubscriptionListener } from './subscription.js'

/** Shares one subscription among all watchers: it begins with the first and ends with the last. */
export function keyringWatchers(
  subscribe: (listener: SubscriptionListener) => () => void,
): NonNullable<KeyringRecords['watch']> {
  const watchers = new Set<{ readonly name: string; readonly changed: () => void }>()
  let unsubscribe: (() => void) | undefined

  function tell(name?: string): void {
    for (const watcher of [...watchers]) if (name === undefined || watcher.name === name) callSafely(watcher.changed)
  }

  return (name, changed) => {
    // Of its own, so that the same function can watch twice, and each ends alone.
    const watcher = { name, changed }
    watchers.add(watcher)
    unsubscribe ??= subscribe({ message: tell, subscribed: () => tell() })
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0) return
      unsubscribe?.()
      unsubscribe = undefined
    }
  }
}

/** It runs in an event of the client's, where a throw would end the process. */
function callSafely(changed: () => void): void {
  try {
    changed()
  } catch {}
}
