import {
  type AnyProvider,
  type KeyInput,
  type Keyring,
  keyring,
  type Secret,
  type SecretEncoding,
  secret,
} from '@countersign/core'
import { problemText } from '../form/problem-text.js'

/** The states that a key may be given in a form. Its dates follow from them. */
export const ROW_STATES = ['active', 'staged', 'retiring', 'expired', 'revoked'] as const

export const SECRET_ENCODINGS: readonly SecretEncoding[] = ['utf8', 'hex', 'base64', 'whsec']

/** A key as it stands in a form. */
export interface KeyRow {
  /** Of the row, so that what is removed above it does not move what is typed. */
  readonly row: number
  readonly id: string
  readonly slot: string
  readonly secret: string
  readonly encoding: SecretEncoding
  readonly state: (typeof ROW_STATES)[number]
}

const HOUR_MS = 3_600_000

/**
 * The ring that the rows describe at a moment. A secret with white space at an edge is taken as it is: a receiver refuses it
 * at start-up, but here it is what somebody wants to find out.
 *
 * @throws CountersignError for keys that make no ring: `id-in-use`, `key-invalid` and so on; an Error that names the key
 * whose secret is none.
 */
export function ringOf(rows: readonly KeyRow[], provider: AnyProvider, now: number): Keyring {
  return keyring(
    rows.map((row) => ({
      id: row.id,
      secret: secretOf(row),
      ...(provider.slots !== undefined && { slot: row.slot }),
      ...datesOf(row.state, now),
    })),
  )
}

/** @throws Error that names the key. */
function secretOf({ id, secret: text, encoding }: KeyRow): Secret {
  if (text === '') throw new Error(`'${id}' has no secret yet: enter it.`)
  try {
    return secret(text, { encoding, verbatim: true, minBytes: 1 })
  } catch (error) {
    throw new Error(`'${id}': ${problemText(error)}`)
  }
}

/** An hour either way: of keys that ended within a day a refusal names the reason. */
function datesOf(state: KeyRow['state'], now: number): Partial<KeyInput> {
  switch (state) {
    case 'active':
      return {}
    case 'staged':
      return { activeFrom: now + HOUR_MS }
    case 'retiring':
      return { retireFrom: now - HOUR_MS, notAfter: now + HOUR_MS }
    case 'expired':
      return { notAfter: now - HOUR_MS }
    case 'revoked':
      return { revokedAt: now - HOUR_MS }
  }
}

/** One row for each key that the vendor signs with: one for each slot, or one. */
export function initialRows(provider: AnyProvider, secrets: readonly string[] = []): readonly KeyRow[] {
  const slots = provider.slots ?? ['']
  return slots.map((slot, index) => ({
    ...{ row: index, id: slot || 'key-1', slot, secret: secrets[index] ?? '' },
    ...{ encoding: 'utf8', state: 'active' },
  }))
}

export function withAnotherRow(rows: readonly KeyRow[], provider: AnyProvider): readonly KeyRow[] {
  const row = Math.max(-1, ...rows.map((one) => one.row)) + 1
  let number = rows.length + 1
  while (rows.some(({ id }) => id === `key-${number}`)) number++
  const [slot = ''] = provider.slots ?? []
  return [...rows, { row, id: `key-${number}`, slot, secret: '', encoding: 'utf8', state: 'active' }]
}

/** The rows as they are for another provider: what is typed stays, and each key has a slot where there are slots. */
export function rowsFor(rows: readonly KeyRow[], provider: AnyProvider): readonly KeyRow[] {
  const { slots } = provider
  if (rows.every((row) => row.secret === '')) return initialRows(provider)
  return rows.map((row, index) => {
    if (slots === undefined) return { ...row, slot: '' }
    return slots.includes(row.slot) ? row : { ...row, slot: slots[Math.min(index, slots.length - 1)] ?? '' }
  })
}
