import { utf8 } from '../encoding.js'
import { CountersignError } from '../errors.js'
import { isKeyringName } from './keyring-records.js'

/** A sealed keyring as text is made of this. */
export interface SealedRecord {
  readonly name: string
  readonly keyringVersion: number
  /** The id of the master key that sealed the data key. */
  readonly masterKey: string
  readonly dataKey: Uint8Array
  readonly keyring: Uint8Array
}

export const SEALED_FORMAT = 'countersign-sealed-keyring'
const VERSION = 1

/**
 * What is bound to both ciphertexts, so that neither can be moved: as JSON, in which no two lists are written alike.
 */
export function contextOf(part: 'data key' | 'keyring', record: Omit<SealedRecord, 'dataKey' | 'keyring'>): Uint8Array {
  const { name, keyringVersion, masterKey } = record
  return utf8(JSON.stringify([SEALED_FORMAT, VERSION, part, name, keyringVersion, masterKey]))
}

export function formatSealed({ name, keyringVersion, masterKey, dataKey, keyring }: SealedRecord): string {
  const sealed = { dataKey: toBase64(dataKey), keyring: toBase64(keyring) }
  return JSON.stringify({ format: SEALED_FORMAT, version: VERSION, name, keyringVersion, masterKey, ...sealed })
}

/**
 * The record of such a text, which stands under this name and version. Nothing of it is authentic yet.
 *
 * @throws CountersignError `seal-missing`, `seal-broken`, `keyring-version-unsupported`.
 */
export function parseSealed(text: string, name: string, keyringVersion: number): SealedRecord {
  const value = parseJson(text)
  if (value.format === 'countersign-keyring') throw new CountersignError('seal-missing', `'${name}' is in plain text`)
  if (value.format !== SEALED_FORMAT) throw broken(name, 'it is no sealed keyring')
  if (value.version !== VERSION) {
    const met = `'${name}' was sealed by another version than ${VERSION}: update this package to read it`
    throw new CountersignError('keyring-version-unsupported', met)
  }
  const [dataKey, keyring] = [fromBase64(value.dataKey), fromBase64(value.keyring)]
  if (typeof value.masterKey !== 'string' || !dataKey || !keyring) throw broken(name, 'a part of it is missing')
  if (value.name !== name || value.keyringVersion !== keyringVersion) {
    throw broken(name, `it was sealed ${asWhat(value)}, and stands as version ${keyringVersion} of '${name}'`)
  }
  return { name, keyringVersion, masterKey: value.masterKey, dataKey, keyring }
}

export function broken(name: string, problem: string): CountersignError {
  return new CountersignError('seal-broken', `'${name}' cannot be unsealed: ${problem}`)
}

/** For a message: whoever has written it there, it is not to be more than a name and a number. */
function asWhat({ name, keyringVersion }: Record<string, unknown>): string {
  const isNamed = typeof name === 'string' && isKeyringName(name) && Number.isSafeInteger(keyringVersion)
  return isNamed ? `as version ${keyringVersion} of '${name}'` : 'as another'
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** Of any length: a spread would put each byte on the stack. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function fromBase64(text: unknown): Uint8Array | undefined {
  try {
    return typeof text === 'string' ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) : undefined
  } catch {
    return undefined
  }
}
