import { checkedKeyring } from './checked-keyring.js'
import { CountersignError } from './errors.js'
import type { Key } from './key.js'
import { createKey, type KeyInput } from './key-input.js'
import type { Keyring } from './keyring.js'
import { reveal, type SecretEncoding, secretEncoding } from './secret.js'
import { secret } from './secret-from-text.js'
import { SEALED_FORMAT } from './stores/sealed-record.js'

const FORMAT = 'countersign-keyring'
const VERSION = 1
const RING_FIELDS = ['format', 'version', 'keys', 'tombstones']
const KEY_FIELDS = ['id', 'slot', 'encoding', 'secret', 'activeFrom', 'retireFrom', 'notAfter', 'revokedAt']

/** The ring as versioned text, **with its secrets in the clear**: this is where they leave. */
export function exportKeyring(ring: Keyring): string {
  const keys = ring.keys.map(({ secret, ...key }: Key) => ({
    ...key,
    encoding: secretEncoding(secret),
    secret: reveal(secret),
  }))
  return JSON.stringify({ format: FORMAT, version: VERSION, keys, tombstones: ring.tombstones })
}

/**
 * The ring of such a text. Nothing is guessed or dropped: an unknown field refuses the whole, since a ring that is read
 * by halves would be written back by halves.
 *
 * @throws CountersignError `keyring-malformed` or `keyring-version-unsupported`; no message holds any of the text.
 */
export function parseKeyring(text: string): Keyring {
  const value = parseJson(text)
  if (isRecord(value) && value.format === SEALED_FORMAT) throw malformed('it is sealed: sealed() reads it')
  if (!isRecord(value) || value.format !== FORMAT) throw malformed('it is not a Countersign keyring')
  if (value.version !== VERSION) {
    throw new CountersignError(
      'keyring-version-unsupported',
      `the keyring has another version than ${VERSION}: update this package to read it`,
    )
  }
  requireOnly(value, RING_FIELDS, 'the keyring')
  const { keys, tombstones } = value
  if (!Array.isArray(keys)) throw malformed('keys is not a list')
  if (!Array.isArray(tombstones) || !tombstones.every((id): id is string => typeof id === 'string')) {
    throw malformed('tombstones is not a list of ids')
  }
  try {
    return checkedKeyring(keys.map(parseKey), tombstones)
  } catch (error) {
    throw error instanceof CountersignError && error.code !== 'keyring-malformed' ? malformed(error.code) : error
  }
}

function parseKey(value: unknown, index: number): Key {
  if (!isRecord(value)) throw malformed(`keys[${index}] is not an object`)
  requireOnly(value, KEY_FIELDS, `keys[${index}]`)
  const { secret: text, encoding, ...dated } = value
  // It was accepted when the ring was made, a short one knowingly: no second opinion here.
  const options = { encoding: encoding as SecretEncoding, minBytes: 1, verbatim: true }
  return createKey({ ...(dated as Omit<KeyInput, 'secret'>), secret: secret(text as string, options) })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, secrets included.
    throw malformed('it is not JSON')
  }
}

function requireOnly(value: Record<string, unknown>, fields: readonly string[], where: string): void {
  for (const field of Object.keys(value)) {
    if (!fields.includes(field)) throw malformed(`${where} has a field that version ${VERSION} does not know`)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(problem: string): CountersignError {
  return new CountersignError('keyring-malformed', `the keyring cannot be read: ${problem}`)
}
