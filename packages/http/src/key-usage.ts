import { CountersignError, type KeyState } from '@countersign/core'
import { keyUseWriter, type SharedKeyUses } from './key-use-writer.js'
import type { ReceiverObservation } from './receiver-observation.js'

/** When a key was last needed. */
export interface KeyUse {
  /** The provider's `id`. */
  readonly provider: string
  /** Whose key it is, where there are tenants. */
  readonly tenant: string | undefined
  /** Its id within the ring. */
  readonly keyId: string
  /** When it last matched. */
  readonly keyState: KeyState
  /** Milliseconds since the epoch. */
  readonly lastUsed: number
  /** How many deliveries it has matched. */
  readonly count: number
}

/** Keeps in mind when each key last matched a delivery, so that an operator knows when one is safe to remove. */
export interface KeyUsage {
  /** To be given to a receiver or a verifier as `observe`. */
  readonly observe: (observation: Used) => void
  /** Milliseconds since the epoch, or undefined: not since this process began. */
  lastUsed(keyId: string, of?: { provider?: string | undefined; tenant?: string | undefined }): number | undefined
  /** The keys that have matched, the one that has not been used for longest first. */
  list(): readonly KeyUse[]
  /** Writes to `records` what has not been written: before a process ends. Never rejects; `onError` is told of failures. */
  flush(): Promise<void>
}

/** Those of `SharedKeyUses` only all or none: `records` needs `ring`. */
export type KeyUsageOptions = { readonly [Option in keyof SharedKeyUses]?: SharedKeyUses[Option] | undefined } & {
  /** Of so many keys; the one that has not been used for longest is forgotten first. Default 10,000. */
  readonly maxKeys?: number | undefined
  /** The clock, in milliseconds since the epoch. */
  readonly now?: (() => number) | undefined
}

type Used = Pick<ReceiverObservation, 'provider' | 'tenant' | 'keyId' | 'keyState'>

/**
 * What it tells is of this process, since it began. With `records` and `ring`, what changed is written there as well, at most
 * once in `everyMs`: their `read` tells of all processes.
 *
 * @throws CountersignError `option-invalid`.
 */
export function createKeyUsage(options: KeyUsageOptions = {}): KeyUsage {
  const { maxKeys = 10_000, now = Date.now, records, ring, ...others } = options
  if (!(maxKeys >= 1)) throw new CountersignError('option-invalid', 'maxKeys must be 1 or more')
  const isShared = records !== undefined || ring !== undefined
  const writer = isShared ? keyUseWriter({ records, ring, ...others } as SharedKeyUses, maxKeys) : undefined
  const uses = new Map<string, KeyUse>()
  return {
    observe({ provider, tenant, keyId, keyState }) {
      if (keyId === undefined || keyState === undefined) return
      const name = JSON.stringify([provider, tenant ?? null, keyId])
      const count = (uses.get(name)?.count ?? 0) + 1
      // Behind all others, so that the first is the one that was not used for longest.
      uses.delete(name)
      const use = { provider, tenant, keyId, keyState, lastUsed: now(), count }
      uses.set(name, use)
      writer?.note(use)
      if (uses.size > maxKeys) uses.delete(uses.keys().next().value as string)
    },
    lastUsed(keyId, { provider, tenant } = {}) {
      const fitting = [...uses.values()].filter(
        (use) =>
          use.keyId === keyId &&
          (provider === undefined || use.provider === provider) &&
          (tenant === undefined || use.tenant === tenant),
      )
      return fitting.at(-1)?.lastUsed
    },
    list: () => [...uses.values()],
    flush: async () => writer?.flush(),
  }
}
