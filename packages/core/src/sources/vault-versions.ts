import { parseRfc3339 } from '../timestamp.js'

/** A version whose value can be read. Dates are in milliseconds since the epoch. */
export interface VaultVersion {
  readonly number: number
  readonly created: number
  /** When the next one was created; undefined for the current one. */
  readonly replaced?: number | undefined
}

/**
 * The versions of a secret by the answer of `metadata/<path>`, the current one first, without those that are deleted or
 * destroyed.
 *
 * @throws Error if it is no such answer, or if the current version is deleted or destroyed.
 */
export function versionsOf(metadata: unknown, now: number): readonly VaultVersion[] {
  const { current_version: current, versions } = Object(metadata) as { current_version?: unknown; versions?: unknown }
  const numbers = Object.keys(Object(versions))
    .map(Number)
    .filter((number) => number <= Number(current))
  const newestFirst = numbers.sort((one, other) => other - one)
  if (newestFirst[0] !== current || current === undefined)
    throw new Error('there is no current version in its metadata')
  let replaced: number | undefined
  const standing: VaultVersion[] = []
  for (const number of newestFirst) {
    const { created_time, deletion_time, destroyed } = Object((versions as Record<number, unknown>)[number])
    const created = dateOf(created_time)
    // With delete_version_after it lies ahead, and the version can be read until then.
    const isDeleted = deletion_time !== '' && dateOf(deletion_time) <= now
    if (destroyed === false && !isDeleted) standing.push({ number, created, replaced })
    else if (number === current) throw new Error(`version ${number}, the current one, is deleted`)
    replaced = created
  }
  return standing
}

/** Vault writes up to nine digits of a second. */
function dateOf(text: unknown): number {
  const date = typeof text === 'string' ? parseRfc3339(text) : undefined
  if (date === undefined) throw new Error('a version has a time that is none in its metadata')
  return date
}
