import type { Key, Keyring, KeyState } from '@countersign/core'

/** When each key last matched, by its id, in milliseconds since the epoch; undefined where nobody records it. */
export type Uses = ReadonlyMap<string, number> | undefined

/** A key as it is told of, without its secret. Moments are milliseconds since the epoch. */
export interface KeyRow {
  readonly id: string
  readonly slot: string | undefined
  readonly state: KeyState
  /** Undefined where no date of the ring tells it. */
  readonly since: number | undefined
  /** Undefined where it stays so until somebody changes it. */
  readonly until: number | undefined
  readonly lastUsed: number | undefined
}

export function keyRows(ring: Keyring, uses: Uses, now: number): readonly KeyRow[] {
  return ring.describe(now).map(({ id, slot, state, until }, index) => {
    const since = sinceOf(ring.keys[index] as Key, state)
    return { id, slot, state, since, until, lastUsed: uses?.get(id) }
  })
}

/** When a key was staged is not kept. */
function sinceOf({ activeFrom, retireFrom, notAfter, revokedAt }: Key, state: KeyState): number | undefined {
  return { staged: undefined, active: activeFrom, retiring: retireFrom, expired: notAfter, revoked: revokedAt }[state]
}
