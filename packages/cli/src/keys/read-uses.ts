import type { OpenedStore } from '../store/open-store.js'
import { storeError } from '../store/store-error.js'
import type { Terminal } from '../terminal.js'
import type { Uses } from './key-row.js'

/** When each key of a ring last matched. What cannot be read is told, and is no reason not to show the ring. */
export async function readUses({ keyUses, shown }: OpenedStore, ring: string, terminal: Terminal): Promise<Uses> {
  try {
    const uses = await keyUses.read(ring)
    return uses.length === 0 ? undefined : new Map(uses.map(({ keyId, lastUsed }) => [keyId, lastUsed]))
  } catch (error) {
    const { message } = storeError(error, shown) as Error
    terminal.stderr.write(`warning: when keys last matched is not known: ${message}\n`)
    return undefined
  }
}
