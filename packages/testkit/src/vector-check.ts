import { fromBase64, toBase64 } from './digest-text.js'
import type { CheckedVector, ProviderVectors } from './vectors.js'

type Fields = Readonly<Record<string, unknown>>

const KEY_STATES = ['active', 'staged', 'retiring']
const ENCODINGS = ['utf8', 'hex', 'base64', 'whsec']
const REASONS = [
  'missing-signature',
  'malformed-signature',
  'ambiguous-signature',
  'no-matching-key',
  'key-expired',
  'key-revoked',
  'timestamp-missing',
  'timestamp-malformed',
  'too-old',
  'too-new',
  'body-too-large',
]
const VECTOR_FIELDS =
  'comment flags options keys headers body bodyBase64 url method now result keyId keyState reason'.split(' ')
const DATES = ['activeFrom', 'retireFrom', 'notAfter', 'revokedAt']
const KEY_FIELDS = ['id', 'secret', 'encoding', 'minBytes', 'slot', ...DATES]

/** Below it lies 1973 in milliseconds, and today in seconds. */
const LEAST_NOW = 1e11

/** The vectors, or an error that says which field of which vector must be what. */
export function checkVectors(input: ProviderVectors, providerId?: string): readonly CheckedVector[] {
  need(isObject(input), 'the vectors', "an object { provider, vectors }, as JSON.parse gives it from the file's text")
  need(isText(input.provider), 'provider', "the provider's id")
  need(
    providerId === undefined || input.provider === providerId,
    'provider',
    `'${providerId}', the id of the provider under test, not '${input.provider}'`,
  )
  need(Array.isArray(input.vectors) && input.vectors.length > 0, 'vectors', 'a list with at least one vector')
  for (const [index, vector] of input.vectors.entries()) checkVector(vector, index)
  need(
    input.vectors.some(({ result }) => result === 'valid'),
    'vectors',
    "a list with at least one vector whose result is 'valid': all else is derived from those",
  )
  return input.vectors as readonly CheckedVector[]
}

function checkVector(vector: unknown, index: number): void {
  let where = `vectors[${index}]`
  need(isObject(vector), where, 'an object')
  need(isText(vector.comment), `${where}.comment`, 'text that says what is special about it')
  where += ` ('${vector.comment}')`
  checkNames(vector, VECTOR_FIELDS, where)
  const { flags, keys, headers, now, result, url, method } = vector
  need(flags === undefined || (Array.isArray(flags) && flags.every(isText)), `${where}.flags`, 'a list of words')
  need(Array.isArray(keys) && keys.length > 0, `${where}.keys`, 'a list with at least one key')
  for (const [at, key] of keys.entries()) checkKey(key, `${where}.keys[${at}]`)
  need(isObject(headers) && !Array.isArray(headers), `${where}.headers`, 'an object of names and texts')
  for (const [name, value] of Object.entries(headers)) {
    need(
      value === undefined || typeof value === 'string',
      `${where}.headers['${name}']`,
      "text (join repeats with ', ')",
    )
  }
  for (const [name, value] of Object.entries({ url, method })) {
    need(value === undefined || isText(value), `${where}.${name}`, 'text, or left out')
  }
  checkBody(vector, where)
  need(typeof now === 'number' && Number.isFinite(now), `${where}.now`, 'milliseconds since the epoch, a number')
  need(now >= LEAST_NOW, `${where}.now`, `milliseconds since the epoch; ${now} looks like seconds`)
  need(result === 'valid' || result === 'invalid', `${where}.result`, "'valid' or 'invalid'")
  if (result === 'valid') checkValid(vector, keys, where)
  else checkInvalid(vector, where)
}

function checkKey(key: unknown, where: string): void {
  need(isObject(key), where, 'an object { id, secret }')
  checkNames(key, KEY_FIELDS, where)
  need(isText(key.id), `${where}.id`, 'text')
  need(isText(key.secret), `${where}.secret`, 'text')
  need(isOneOf(key.encoding, ENCODINGS, true), `${where}.encoding`, listOf(ENCODINGS))
  need(key.slot === undefined || isText(key.slot), `${where}.slot`, 'text, or left out')
  for (const name of ['minBytes', ...DATES]) {
    need(key[name] === undefined || Number.isFinite(key[name]), `${where}.${name}`, 'a number, or left out')
  }
}

function checkBody({ body, bodyBase64 }: Fields, where: string): void {
  need(
    (body === undefined) !== (bodyBase64 === undefined),
    `${where}`,
    "a vector with either body or bodyBase64; an empty body is body: ''",
  )
  need(
    body === undefined || typeof body === 'string',
    `${where}.body`,
    'the very text that was signed, not parsed JSON',
  )
  need(
    bodyBase64 === undefined || (typeof bodyBase64 === 'string' && isBase64(bodyBase64)),
    `${where}.bodyBase64`,
    'padded standard base64',
  )
}

function checkValid({ keyId, keyState, reason }: Fields, keys: readonly Fields[], where: string): void {
  const ids = keys.map(({ id }) => String(id))
  need(isOneOf(keyId, ids), `${where}.keyId`, `the id of the key that matches: ${listOf(ids)}`)
  need(isOneOf(keyState, KEY_STATES), `${where}.keyState`, listOf(KEY_STATES))
  need(reason === undefined, `${where}.reason`, 'left out: a valid vector has none')
}

function checkInvalid({ keyId, keyState, reason }: Fields, where: string): void {
  need(isOneOf(reason, REASONS), `${where}.reason`, listOf(REASONS))
  need(keyId === undefined && keyState === undefined, `${where}.keyId`, 'left out: an invalid vector names no key')
}

/** A misspelt name would be a check that silently does not happen. */
function checkNames(value: Fields, names: readonly string[], where: string): void {
  for (const name of Object.keys(value)) need(names.includes(name), `${where}.${name}`, `left out, or one of ${names}`)
}

function need(holds: boolean, field: string, what: string): asserts holds {
  if (!holds) throw new TypeError(`vectors: ${field} must be ${what}`)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isOneOf(value: unknown, list: readonly string[], optional = false): boolean {
  return value === undefined ? optional : list.includes(value as string)
}

function isBase64(text: string): boolean {
  try {
    return toBase64(fromBase64(text)) === text
  } catch {
    return false
  }
}

function listOf(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ')
}
