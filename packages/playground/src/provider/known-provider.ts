import type { AnyProvider } from '@countersign/core'
import { type ProviderChoice, providerOf } from './providers.js'

/** Undefined while an option is being typed and is none yet, such as the name of a header. */
export function knownProvider(choice: ProviderChoice): AnyProvider | undefined {
  try {
    return providerOf(choice)
  } catch {
    return undefined
  }
}
