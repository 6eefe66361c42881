import { concatenate } from '../bytes.js'
import { encode, utf8 } from '../encoding.js'
import { CountersignError } from '../errors.js'
import { isSecret, type Secret, secretBytes } from '../secret.js'
import { secret } from '../secret-from-text.js'

/**
 * What seals the key of each sealed keyring. The one made from 32 bytes stays in this process; an own implementation can
 * leave it with a key management service.
 */
export interface MasterKey {
  /** Names the key in what it has sealed. Nobody must be able to learn the key from it. */
  readonly id: string
  /** Encrypts a key of 32 bytes, and binds `context` to it: it is needed again, byte by byte, to decrypt. */
  wrap(dataKey: Uint8Array, context: Uint8Array): Promise<Uint8Array>
  /** Undefined for what is not authentic, or has another context. Rejects when it cannot be asked. */
  unwrap(wrapped: Uint8Array, context: Uint8Array): Promise<Uint8Array | undefined>
}

/** 32 bytes as padded base64 (`openssl rand -base64 32`) or as a secret, or a key that is kept elsewhere. */
export type MasterKeyInput = string | Secret | MasterKey

/** The length of a key of AES-256, in bytes. */
export const KEY_BYTES = 32
/** The nonce that GCM is specified for (NIST SP 800-38D, section 8.2). */
const NONCE_BYTES = 12

/** @throws CountersignError `master-key-malformed`; no message holds any of it. */
export async function openMasterKey(bytes: Uint8Array): Promise<MasterKey> {
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey'])
  const use = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: utf8(`countersign ${info}`),
  })
  // One key for each use, by HKDF (RFC 5869): the id shows nothing of the one that encrypts.
  const id = await crypto.subtle.deriveBits(use('master key id'), material, 64)
  const aes = { name: 'AES-GCM', length: KEY_BYTES * 8 }
  const key = await crypto.subtle.deriveKey(use('data key wrapping'), material, aes, false, ['encrypt', 'decrypt'])
  return {
    id: encode(new Uint8Array(id), 'hex'),
    wrap: (dataKey, context) => encrypt(key, dataKey, context),
    unwrap: (wrapped, context) => decrypt(key, wrapped, context),
  }
}

/** The bytes of a key that is given as such; undefined for one that is kept elsewhere. @throws CountersignError `master-key-malformed`. */
export function masterKeyBytes(input: MasterKeyInput, which: string): Uint8Array | undefined {
  if (isMasterKey(input)) return undefined
  // Of an environment variable that is not set, mostly.
  if (input === undefined || (input as unknown) === '') throw malformed(which, 'is not set')
  const bytes = bytesOf(input)
  if (bytes?.length !== KEY_BYTES) throw malformed(which, `is not ${KEY_BYTES} bytes in base64`)
  return bytes
}

function malformed(which: string, problem: string): CountersignError {
  return new CountersignError('master-key-malformed', `master key${which} ${problem}`)
}

function bytesOf(input: unknown): Uint8Array | undefined {
  if (isSecret(input)) return secretBytes(input)
  try {
    return secretBytes(secret(input as string, { encoding: 'base64' }))
  } catch {
    return undefined
  }
}

function isMasterKey(input: unknown): input is MasterKey {
  const { id, wrap, unwrap } = (input ?? {}) as Partial<MasterKey>
  return typeof id === 'string' && typeof wrap === 'function' && typeof unwrap === 'function'
}

/** By this way to it, since not every project knows the name of the type. */
type AesKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** A key that encrypts one keyring, once. */
export function importDataKey(bytes: Uint8Array): Promise<AesKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** The nonce, and then what AES-GCM makes of it. */
export async function encrypt(key: AesKey, text: Uint8Array, context: Uint8Array): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: context }, key, text)
  return concatenate([iv, new Uint8Array(sealed)])
}

/** Undefined for what is not authentic. */
export async function decrypt(key: AesKey, sealed: Uint8Array, context: Uint8Array): Promise<Uint8Array | undefined> {
  const algorithm = { name: 'AES-GCM', iv: sealed.slice(0, NONCE_BYTES), additionalData: context }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.slice(NONCE_BYTES)))
  } catch {
    // WebCrypto says no more than that it failed, whatever was wrong.
    return undefined
  }
}
