import { CountersignError } from '../errors.js'
import type { Key } from '../key.js'
import type { KeyInput } from '../key-input.js'
import type { KeySource } from '../key-source.js'
import type { Keyring } from '../keyring.js'
import type { Secret, SecretOptions } from '../secret.js'
import { secret } from '../secret-from-text.js'
import type { FreshnessOptions } from '../stores/cached-loader.js'
import { createRingCache } from '../stores/ring-cache.js'

/** The field of a JSON object that holds the secret; for a provider with slots, one for each: `{ primary: 'first' }`. */
export type SecretField = string | Readonly<Record<string, string>>

/** What all secrets managers have in common: how fresh the ring is kept, and how a value stands for a secret. */
export interface ManagedSecretOptions extends FreshnessOptions, SecretOptions {
  /** How long the version before the current one still verifies, in milliseconds. Default 24 hours; nothing is added to it. */
  readonly graceMs?: number | undefined
}

/** For `keys` of a verifier. */
export interface ManagedKeySource {
  (context: Parameters<KeySource>[0]): Promise<Keyring | undefined>
  /** See `KeySource`. */
  readonly paced: true
}

/** The longest that most vendors try a delivery again that the old secret signed. */
const DEFAULT_GRACE_MS = 24 * 60 * 60 * 1000

/** The options, apart: each is checked where it is used, and `freshness` refuses what is none. */
export function managedOptions<Options extends ManagedSecretOptions>(options: Options) {
  const { graceMs = DEFAULT_GRACE_MS, encoding, minBytes, verbatim, ...rest } = options
  if (!Number.isFinite(graceMs) || graceMs < 0) {
    throw new CountersignError('option-invalid', 'graceMs must be milliseconds, 0 or more')
  }
  const form: SecretOptions = { encoding, minBytes, verbatim }
  return { graceMs, form, rest }
}

/** A ring that is loaded from a secrets manager. What the load throws says where: `key-source-failed`. */
export function managedKeySource(
  where: string,
  load: () => Promise<Keyring>,
  freshness: FreshnessOptions,
): ManagedKeySource {
  const cache = createRingCache(async () => {
    try {
      // A secrets manager's versions are in the ring itself, as the ids of its keys.
      return { ring: await load(), version: '' }
    } catch (cause) {
      if (cause instanceof CountersignError && cause.code === 'key-source-failed') throw cause
      throw new CountersignError('key-source-failed', where, { cause })
    }
  }, freshness)
  return Object.assign(async ({ refresh }: { refresh: boolean }) => cache.get(refresh), { paced: true as const })
}

/** The secret of one slot, or of a provider without slots. */
export interface SlotSecret {
  readonly slot?: string | undefined
  readonly secret: Secret
}

/** The secrets in a JSON object. @throws Error that names the field, and what a secret throws; nothing of the values. */
export function secretsIn(values: unknown, field: SecretField, form: SecretOptions): readonly SlotSecret[] {
  const named: readonly (readonly [string | undefined, string])[] =
    typeof field === 'string' ? [[undefined, field]] : Object.entries(field)
  return named.map(([slot, name]) => {
    const text: unknown = Object(values)[name]
    if (typeof text !== 'string') throw new Error(`there is no text in its field '${name}'`)
    return { slot, secret: secret(text, form) }
  })
}

/** The keys of one version of a secret: the version is their id, with the slot where there are several. */
export function keysOf(
  id: string,
  secrets: readonly SlotSecret[],
  dates: Pick<Key, 'activeFrom' | 'retireFrom' | 'notAfter'>,
): readonly KeyInput[] {
  return secrets.map(({ slot, secret }) => ({ ...dates, id: slot === undefined ? id : `${id}-${slot}`, slot, secret }))
}

/** @throws Error without any of the text, which a parser's own message quotes. */
export function parseValues(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('it is not JSON')
  }
}
