/** What is known of one key. Times are in milliseconds since the epoch. */
export interface FileRecord {
  readonly state: 'leased' | 'released' | 'done'
  readonly attempt: number
  /** The end of the lease, or of the time that a completion is kept; of a release, when it was. */
  readonly until: number
  readonly token: string
}

const NAME = /^(leased|released|done)\.([1-9]\d{0,14})\.(\d{1,16})\.([0-9a-f-]{36})$/

/** How long a lease that has run out, or a release, is remembered for its count of attempts. */
const UNTOUCHED_MS = 24 * 60 * 60 * 1000

/** A record is the name of an empty file, so that it is there as a whole or not at all. */
export function nameOf({ state, attempt, until, token }: FileRecord): string {
  return `${state}.${attempt}.${until}.${token}`
}

/** Undefined for a name that `nameOf` did not make. */
export function recordOf(name: string): FileRecord | undefined {
  const [, state, attempt, until, token] = NAME.exec(name) ?? []
  if (token === undefined) return undefined
  return { state: state as FileRecord['state'], attempt: Number(attempt), until: Number(until), token }
}

/** `ms` from `now`, as a name can hold it: whole, and far away instead of infinite. */
export function endOf(now: number, ms: number): number {
  return Math.min(Math.ceil(now + ms), Number.MAX_SAFE_INTEGER)
}

/** Done, or leased, at this time. There is one record to a key, unless someone has copied files. */
export function standing(records: readonly FileRecord[], now: number): FileRecord | undefined {
  const current = records.filter(({ state, until }) => state !== 'released' && until > now)
  return current.find(({ state }) => state === 'done') ?? current[0]
}

/** No claim would read it any more, but for the attempts of a key that nobody has asked for during a day. */
export function isStale({ state, until }: FileRecord, now: number): boolean {
  return until + (state === 'done' ? 0 : UNTOUCHED_MS) <= now
}
