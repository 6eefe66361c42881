import type { Hash, SignedMessage } from '@countersign/core'
import { concat } from './bytes.js'
import { digestText } from './digest-text.js'
import { rewrite } from './signature-header.js'
import { type HmacSubject, headerOf, type Subject } from './subject.js'
import { secretBytes } from './subject-keys.js'

const WEB_NAMES: Readonly<Record<Hash, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** What is signed otherwise than the vector says. */
export interface Signing {
  secret?: Uint8Array
  hash?: Hash
  body?: Uint8Array
  timestamp?: string
  id?: string
}

/** The message that the scheme's `signed` gets for this delivery. */
export function messageOf(subject: HmacSubject, { body, timestamp, id }: Signing = {}): SignedMessage {
  const { vector, signatures } = subject
  return {
    // A copy: `signed` is the provider's, and may be at fault.
    body: (body ?? subject.body).slice(),
    timestamp: timestamp ?? stampOf(subject)?.text ?? '',
    id: id ?? idOf(subject)?.text ?? '',
    url: vector.url ?? '',
    method: vector.method ?? 'POST',
    label: signatures[0]?.candidates[0]?.label,
  }
}

/** The stamp of a delivery; `header` where it has one of its own. */
export function stampOf(subject: HmacSubject): { text: string; header?: string } | undefined {
  const { timestamp } = subject.scheme
  if (timestamp === undefined) return undefined
  if (timestamp.header === undefined) {
    const text = subject.signatures.find((signature) => signature.timestamp !== undefined)?.timestamp
    return text === undefined ? undefined : { text }
  }
  const own = headerOf(subject, timestamp.header)
  return own && { text: own.text, header: own.name }
}

/** The delivery id; `header` where it has one of its own. */
export function idOf(subject: HmacSubject): { text: string; header?: string } | undefined {
  const { id } = subject.scheme
  if (id === undefined) return undefined
  const text = subject.signatures.find((signature) => signature.id !== undefined)?.id
  if (text !== undefined) return { text }
  const own = headerOf(subject, id.header)
  return own && { text: own.text, header: own.name }
}

/** The bytes under the MAC, as the provider's scheme says. */
export function signedContent(subject: HmacSubject, signing: Signing = {}): Uint8Array {
  return concat(...subject.scheme.signed(messageOf(subject, signing)))
}

/** The MAC of that content, made with WebCrypto alone, in its canonical spelling. */
export async function freshMac(subject: HmacSubject, signing: Signing = {}): Promise<string> {
  const { secret = secretBytes(subject.key), hash = subject.scheme.hash } = signing
  const algorithm = { name: 'HMAC', hash: WEB_NAMES[hash] }
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, signedContent(subject, signing))
  return digestText(new Uint8Array(mac), encodingOf(subject))
}

/** The digest of a secret, for the keys that HMAC replaces by theirs. */
export async function digestOf(hash: Hash, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(WEB_NAMES[hash], bytes))
}

/** How the scheme writes a MAC; the core holds all its fields to one encoding. */
export function encodingOf({ scheme }: HmacSubject): 'hex' | 'base64' {
  return [scheme.signature].flat()[0]?.encoding ?? 'hex'
}

/** The vector's headers with a fresh MAC in place of every signature, and with the stamp or id that it covers. */
export async function freshHeaders(subject: HmacSubject, signing: Signing = {}): Promise<Record<string, string>> {
  const mac = await freshMac(subject, signing)
  return { ...headersWith(subject, () => mac, signing.timestamp), ...ownHeaders(subject, signing) }
}

/** The vector's headers with other texts (canonical; they are spelled as the vendor does) for its signatures. */
export function headersWith(
  { headers, signatures }: Subject,
  textAt: (index: number) => string,
  timestamp?: string,
): Record<string, string> {
  const written = signatures.map((signature) => [
    signature.name,
    rewrite(signature, { candidate: ({ spelling }, index) => spelling.write(textAt(index)), timestamp }),
  ])
  return { ...headers, ...Object.fromEntries(written) }
}

function ownHeaders(subject: HmacSubject, { timestamp, id }: Signing): Record<string, string> {
  const stampHeader = stampOf(subject)?.header
  const idHeader = idOf(subject)?.header
  return {
    ...(timestamp !== undefined && stampHeader !== undefined && { [stampHeader]: timestamp }),
    ...(id !== undefined && idHeader !== undefined && { [idHeader]: id }),
  }
}

/** The vector's headers with another stamp and its signatures as they were. */
export function headersWithStamp(subject: HmacSubject, timestamp: string): Record<string, string> {
  const written = subject.signatures.map((signature) => [signature.name, rewrite(signature, { timestamp })])
  return { ...subject.headers, ...Object.fromEntries(written), ...ownHeaders(subject, { timestamp }) }
}
