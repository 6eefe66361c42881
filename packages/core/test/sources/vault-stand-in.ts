import type { IncomingMessage } from 'node:http'
import { type Answer, type StandIn, standIn } from './stand-in.js'

/** A version as Vault has it. */
export interface VaultVersionOfTests {
  readonly data: Readonly<Record<string, unknown>>
  readonly created: string
  readonly deleted?: string
  readonly destroyed?: boolean
}

export interface VaultStandIn extends StandIn {
  /** By their numbers. */
  versions: Readonly<Record<number, VaultVersionOfTests>>
  current: number
  token: string
  namespace: string | undefined
  /** What it answers instead, by its place. */
  faults: Readonly<Record<string, Answer>>
  /** Paths with queries, as they came. */
  asked: string[]
  headers: IncomingMessage['headers']
}

const DATA = '/v1/secret/data/webhooks/acme'
const METADATA = '/v1/secret/metadata/webhooks/acme'

/**
 * Stands in for HashiCorp Vault: its key-value engine of version 2 (https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2)
 * mounted at `secret`, with one secret at `webhooks/acme`, and with the real shapes of answers and errors.
 */
export async function startVault(): Promise<VaultStandIn> {
  const server = await standIn((request) => answerTo(vault, request))
  const nothing = { versions: {}, current: 0, faults: {}, asked: [], headers: {}, namespace: undefined }
  const vault: VaultStandIn = { ...server, ...nothing, token: 'hvs.example-token' }
  return vault
}

export function json(status: number, value: unknown): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: `${JSON.stringify(value)}\n` }
}

function answerTo(vault: VaultStandIn, { method, url = '', headers }: IncomingMessage): Answer {
  vault.asked.push(url)
  vault.headers = headers
  if (method !== 'GET') return json(405, { errors: ['unsupported operation'] })
  const isIn = headers['x-vault-namespace'] === vault.namespace
  if (headers['x-vault-token'] !== vault.token || !isIn) return json(403, { errors: ['permission denied'] })
  const { pathname, searchParams } = new URL(url, vault.url)
  const fault = vault.faults[pathname] ?? vault.faults[url]
  if (fault !== undefined) return fault
  if (pathname === METADATA && vault.current > 0) return json(200, { ...ENVELOPE, data: metadataOf(vault) })
  if (pathname === DATA) return dataOf(vault, Number(searchParams.get('version') ?? 0) || vault.current)
  return json(404, { errors: [] })
}

const ENVELOPE = {
  request_id: 'bb7a5cbd-8d1c-4a4c-9b5b-2f2a1f6c1d3e',
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  wrap_info: null,
  warnings: null,
  auth: null,
  mount_type: 'kv',
}

function metadataOf({ versions, current }: VaultStandIn) {
  const timesOf = ({ created, deleted = '', destroyed = false }: VaultVersionOfTests) => ({
    created_time: created,
    deletion_time: deleted,
    destroyed,
  })
  return {
    cas_required: false,
    created_time: '2025-01-01T00:00:00.123456789Z',
    current_version: current,
    custom_metadata: null,
    delete_version_after: '0s',
    max_versions: 0,
    oldest_version: 0,
    updated_time: '2026-01-01T00:00:00.123456789Z',
    versions: Object.fromEntries(Object.entries(versions).map(([number, version]) => [number, timesOf(version)])),
  }
}

/** One that is gone is a 404, with its metadata all the same. */
function dataOf({ versions }: VaultStandIn, number: number): Answer {
  const version = versions[number]
  if (version === undefined) return json(404, { errors: [] })
  const { data, created, deleted = '', destroyed = false } = version
  const metadata = { created_time: created, custom_metadata: null, deletion_time: deleted, destroyed, version: number }
  const isGone = destroyed || (deleted !== '' && Date.parse(deleted) <= Date.now())
  return json(isGone ? 404 : 200, { ...ENVELOPE, data: { data: isGone ? null : data, metadata } })
}
