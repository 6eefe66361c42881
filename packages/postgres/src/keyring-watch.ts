import type { Listen } from './listen.js'

interface Watcher {
  readonly name: string
  readonly changed: () => void
}

/** Watches keyrings on one channel, whose messages are their names: listened to while anything is watched. */
export function createWatch(listen: Listen, channel: string): (name: string, changed: () => void) => () => void {
  const watchers = new Set<Watcher>()
  let end: (() => void) | undefined

  function tell(isMeant: (watcher: Watcher) => boolean): void {
    for (const watcher of watchers) if (isMeant(watcher)) callSafely(watcher.changed)
  }

  const listener = {
    // Before it began to listen, changes may have been missed.
    began: () => tell(() => true),
    notified: (changed: string) => tell(({ name }) => name === changed),
  }

  return (name, changed) => {
    // Of its own, so that the same function can watch twice, and each ends alone.
    const watcher = { name, changed }
    watchers.add(watcher)
    end ??= listen(channel, listener)
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0) return
      end?.()
      end = undefined
    }
  }
}

/** It runs in an event of the client's, where a throw would end the process. */
function callSafely(changed: () => void): void {
  try {
    changed()
  } catch {}
}
