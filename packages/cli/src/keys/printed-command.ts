import type { ProviderFlags } from '../provider-option.js'
import type { StoreFlags } from '../store/open-store.js'
import { shellWord } from '../store/shell-word.js'
import { storeArguments } from '../store/store-arguments.js'

/** The options that a command was given, for those that it prints: each finds the same store, and knows the same provider. */
export interface GivenArguments {
  /** To be put at the end, with a space before each. */
  readonly store: string
  /** The provider, where its id is not the ring's name, and the provider's options. */
  readonly provider: string
}

export function givenArguments(flags: StoreFlags & ProviderFlags): GivenArguments {
  const { provider, option = [] } = flags
  const options = option.map((text) => ` --option ${shellWord(text)}`)
  return {
    store: storeArguments(flags),
    provider: [provider === undefined ? '' : ` --provider ${provider}`, ...options].join(''),
  }
}

/** `countersign keys` with these words, to be copied into a POSIX shell. */
export function keysCommandText(words: readonly string[], ...given: readonly string[]): string {
  return `countersign keys ${words.map(shellWord).join(' ')}${given.join('')}`
}
