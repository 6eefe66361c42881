import type { StoreFlags } from './open-store.js'
import { shellWord } from './shell-word.js'
import { parseStoreUrl } from './store-url.js'

/**
 * The store's options as they have to be written again, with a space before each; for commands that are printed to be copied.
 * A URL with a password is not repeated.
 */
export function storeArguments(flags: StoreFlags): string {
  const { store, masterKeyFile, plaintext, storePrefix, storeSchema } = flags
  return [
    store === undefined ? '' : ` --store ${hasPassword(store) ? '"$COUNTERSIGN_STORE"' : shellWord(store)}`,
    masterKeyFile === undefined ? '' : ` --master-key-file ${shellWord(masterKeyFile)}`,
    plaintext ? ' --plaintext' : '',
    storePrefix === undefined ? '' : ` --store-prefix ${shellWord(storePrefix)}`,
    storeSchema === undefined ? '' : ` --store-schema ${shellWord(storeSchema)}`,
  ].join('')
}

function hasPassword(text: string): boolean {
  const url = parseStoreUrl(text)
  return url.kind !== 'file' && url.hasPassword
}
