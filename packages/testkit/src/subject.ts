import {
  type AnyProvider,
  type BodyInput,
  createVerifier,
  type HeadersInput,
  type HmacScheme,
  type Keyring,
  keyring,
  type Observation,
  type Scheme,
  type Verdict,
} from '@countersign/core'
import { utf8 } from './bytes.js'
import { fromBase64 } from './digest-text.js'
import { readSignatureHeaders, type SignatureHeader } from './signature-header.js'
import { secretOf } from './subject-keys.js'
import type { CheckedKey, CheckedVector, ValidVector } from './vectors.js'

/** A delivery under test, with all that is needed to deliver it, or something like it. */
export interface Delivered<V extends CheckedVector = CheckedVector> {
  readonly vector: V
  readonly provider: AnyProvider
  readonly ring: Keyring
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** The delivery of a valid vector: what the other cases are derived from. */
export interface Subject extends Delivered<ValidVector> {
  readonly scheme: Scheme
  /** The key that matches. */
  readonly key: CheckedKey
  /** Its well-formed signature headers, taken apart. Malformed ones beside them are left out of `headers` too. */
  readonly signatures: readonly SignatureHeader[]
}

/** A subject whose signatures are MACs. */
export interface HmacSubject extends Subject {
  readonly scheme: HmacScheme
}

/** Whether the signatures are MACs, and not tokens. */
export function isHmac(subject: Subject): subject is HmacSubject {
  return subject.scheme.kind === 'hmac'
}

/** @throws what the core throws for keys that it does not take. */
export function deliveredOf<V extends CheckedVector>(vector: V, provider: AnyProvider): Delivered<V> {
  const ring = keyring(vector.keys.map((key) => ({ ...key, secret: secretOf(key) })))
  // What a verifier refuses in a ring is refused here and now, and not in each case.
  createVerifier(provider, { keys: ring })
  const body = vector.bodyBase64 === undefined ? utf8(vector.body ?? '') : fromBase64(vector.bodyBase64)
  return { vector, provider, ring, body, headers: presentHeaders(vector) }
}

function presentHeaders({ headers }: CheckedVector): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Undefined where the vector's signatures cannot be found in its headers. */
export function subjectOf(delivered: Delivered<ValidVector>): Subject | undefined {
  const { provider, vector, headers } = delivered
  const { scheme } = provider
  const signatures = readSignatureHeaders(scheme, headers)
  const key = vector.keys.find(({ id }) => id === vector.keyId)
  if (signatures.length === 0 || key === undefined) return undefined
  const read = signatures.map(({ name }) => name)
  const dropped = signatureNames(scheme).filter((name) => !read.some((one) => sameName(one, name)))
  return { ...delivered, scheme, key, signatures, headers: withoutHeaders(headers, dropped) }
}

function signatureNames(scheme: Scheme): readonly string[] {
  if (scheme.kind === 'hmac') return [scheme.signature].flat().map(({ header }) => header)
  return typeof scheme.header === 'string' ? [scheme.header] : Object.values(scheme.header)
}

/** Whether two header names are the same: they have no case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The headers but for those of these names, in whatever case. */
export function withoutHeaders(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.some((one) => sameName(one, name))))
}

/** Without any signature header, malformed ones included. */
export function unsignedHeaders({ scheme, headers }: Subject): Record<string, string> {
  return withoutHeaders(headers, signatureNames(scheme))
}

/** The vector's own name of a header, and its text. */
export function headerOf({ headers }: Subject, name: string): { name: string; text: string } | undefined {
  const own = Object.keys(headers).find((one) => sameName(one, name))
  const text = own === undefined ? undefined : headers[own]
  return own === undefined || text === undefined ? undefined : { name: own, text }
}

/** What is delivered otherwise than the vector says. */
export interface Change {
  headers?: HeadersInput | undefined
  body?: BodyInput
  ring?: Keyring | undefined
  now?: number | undefined
  maxBodyBytes?: number | undefined
  observe?: ((observation: Observation) => void) | undefined
}

/** The verdict on the vector's delivery, but for the change. */
export async function judge(delivered: Delivered, change: Change = {}): Promise<Verdict> {
  const { provider, ring, vector, headers, body } = delivered
  const { maxBodyBytes, observe, now = vector.now } = change
  const verifier = createVerifier(provider, { keys: change.ring ?? ring, now: () => now, maxBodyBytes, observe })
  return verifier.verify({
    headers: 'headers' in change ? (change.headers as HeadersInput) : headers,
    // A copy: what one case does to it is not the next one's.
    body: 'body' in change ? change.body : body.slice(),
    url: vector.url,
    method: vector.method,
  })
}
