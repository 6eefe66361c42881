import type { KeyringRecords, KeyUseRecords } from '@countersign/core'

/** What a store keeps, as it is asked over one connection. */
export interface OpenedRecords {
  readonly keyrings: KeyringRecords
  readonly keyUses: KeyUseRecords
  /** Creates what is missing of its tables; undefined where there is nothing to create. */
  readonly migrate?: () => Promise<void>
  close(): Promise<void>
}

/** What is not in the URL. */
export interface RecordsOptions {
  /** What the names of Redis keys begin with. */
  readonly prefix?: string | undefined
  /** The schema of the PostgreSQL tables. */
  readonly schema?: string | undefined
}

/** An operator waits for an answer, and wants to know when there is none. Milliseconds. */
export const CONNECT_TIMEOUT_MS = 5000
export const ANSWER_TIMEOUT_MS = 10_000
