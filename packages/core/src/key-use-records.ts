/** When a key last matched a delivery. */
export interface KeyUseRecord {
  /** Its id within the ring. */
  readonly keyId: string
  /** Milliseconds since the epoch. */
  readonly lastUsed: number
}

/**
 * Where many processes write down when each key of a ring was last used, so that an operator knows when one can go. Nothing
 * is verified by it: what it loses makes a key look older, and never newer.
 *
 * Each method rejects with `store-failed` when the store is down: "unknown" must not look like "not used".
 */
export interface KeyUseRecords {
  /**
   * Keeps the latest time of each key, whoever writes at the same time. All are kept, or it rejects; it may then have kept
   * some, and can be called again.
   */
  record(ring: string, uses: readonly KeyUseRecord[]): Promise<void>
  /** One to each key that was ever recorded, in any order; none for a ring, or a name, of which nothing was. */
  read(ring: string): Promise<readonly KeyUseRecord[]>
}
