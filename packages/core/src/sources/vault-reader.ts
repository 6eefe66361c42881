import { CountersignError, fail } from '../errors.js'
import { parseValues } from './managed-secret.js'

/** By its global name where a project has it (the DOM library, @types/node, Workers' types): a plain one would not compile elsewhere. */
type Signal = typeof globalThis extends Record<'AbortSignal', { prototype: infer Instance }> ? Instance : unknown

/** The part of `fetch` that is used. */
export type VaultFetch = (
  url: string,
  init: { headers: Record<string, string>; redirect: 'manual'; signal: Signal },
) => Promise<{
  /** The HTTP status. */
  readonly status: number
  /** The whole body. */
  text(): Promise<string>
}>

/** Where a Vault is, and as whom it is asked. */
export interface VaultAccess {
  /** Such as `https://vault.example.com:8200`. */
  readonly address: string
  /** The token, or what gives it, each time one is needed: for tokens that are renewed. */
  readonly token: string | (() => string | Promise<string>)
  /** Of Vault Enterprise, or OpenBao. */
  readonly namespace?: string | undefined
  /** Instead of the global one: for a private certificate authority, or a proxy. */
  readonly fetch?: VaultFetch | undefined
}

/** Reads `data` of the answer for a path; undefined for a version that is not there any more. */
export type VaultReader = (path: string, version?: number) => Promise<unknown>

/** @throws CountersignError `option-invalid`. The reader rejects with `key-source-failed`, naming path and status. */
export function vaultReader(access: VaultAccess, timeoutMs = 5000): VaultReader {
  const { address, token, namespace } = access
  if (typeof token !== 'function') headerValue(token)
  const base = baseOf(address)
  return async (path, version) => {
    const place = `/v1/${path.split('/').map(encodeURIComponent).join('/')}`
    const query = version === undefined ? '' : `?version=${version}`
    const headers = {
      // An agent in between may insist on it: requests that are forged from a page have no such header.
      'X-Vault-Request': 'true',
      'X-Vault-Token': headerValue(typeof token === 'function' ? await token() : token),
      ...(namespace !== undefined && { 'X-Vault-Namespace': namespace }),
    }
    const { fetch = globalThis.fetch as VaultFetch } = access
    // A redirect would take the token along, perhaps to another host and in the clear.
    const response = await fetch(base + place + query, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
    })
    const text = await response.text()
    if (response.status === 404 && version !== undefined) return undefined
    if (response.status !== 200)
      throw new CountersignError('key-source-failed', `Vault: ${response.status} at ${place}${query}`)
    return Object(parseValues(text)).data
  }
}

/** Without what would get into an error's text with it. */
function baseOf(address: string): string {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    fail('option-invalid', 'address must be a URL')
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    fail('option-invalid', 'address must be http:// or https://, a host and perhaps a path')
  }
  return url.href.replace(/\/+$/, '')
}

/** What fetch says of a value that no header can have quotes the value. */
function headerValue(token: unknown): string {
  if (typeof token === 'string' && /^[!-~]+$/.test(token)) return token
  const problem = token === undefined || token === '' ? 'is not set' : 'must be printable ASCII, without white space'
  fail('option-invalid', `the token ${problem}`)
}
