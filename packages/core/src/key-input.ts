import { CountersignError } from './errors.js'
import { DATES, type Key } from './key.js'
import { type Secret, toSecret } from './secret.js'

/** A key as `keyring`, `stage` and others take it. See `Key` for what its dates mean. */
export interface KeyInput {
  /** 1 to 128 printable ASCII characters, unique within the ring, those of keys that are gone included. */
  id: string
  /** A bare string is taken as UTF-8, like `secret(text)`. */
  secret: Secret | string
  /** Which slot it belongs to, where the provider has slots. */
  slot?: string | undefined
  /** When it begins to sign, in milliseconds since the epoch. Default: it does already. */
  activeFrom?: number | undefined
  /** When it begins to retire, in milliseconds since the epoch. Default: never. */
  retireFrom?: number | undefined
  /** When it expires, in milliseconds since the epoch. Default: never. */
  notAfter?: number | undefined
  /** When it was revoked, in milliseconds since the epoch. Default: never. */
  revokedAt?: number | undefined
}

/** A checked, frozen key. @throws CountersignError `key-invalid`, `secret-malformed`, `secret-too-short`. */
export function createKey(input: KeyInput): Key {
  requireField(typeof input === 'object' && input !== null, 'input', 'an object')
  const { id, slot, secret, activeFrom, retireFrom, notAfter, revokedAt } = input
  // Ids go into logs and tables: no control characters, no look-alikes.
  requireField(
    typeof id === 'string' && /^[!-~]([ -~]{0,126}[!-~])?$/.test(id),
    'id',
    '1 to 128 printable ASCII characters',
  )
  requireField(slot === undefined || typeof slot === 'string', 'slot', 'text')
  for (const date of DATES) {
    requireField(input[date] === undefined || Number.isFinite(input[date]), date, 'milliseconds since the epoch')
  }
  return Object.freeze({ id, slot, secret: toSecret(secret), activeFrom, retireFrom, notAfter, revokedAt })
}

function requireField(holds: boolean, field: string, what: string): void {
  if (!holds) throw new CountersignError('key-invalid', `a key's ${field} must be ${what}`)
}
