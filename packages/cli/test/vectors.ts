import { readFileSync } from 'node:fs'

/** A delivery whose MAC was made by openssl. */
export interface Vector {
  readonly comment: string
  readonly flags: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  readonly keys: readonly VectorKey[]
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
  readonly bodyBase64?: string
  readonly now: number
  readonly result: 'valid' | 'invalid'
  readonly reason?: string
  readonly keyId?: string
  readonly keyState?: string
}

interface VectorKey {
  readonly id: string
  readonly secret: string
  readonly slot?: string
  readonly encoding?: string
}

export const PROVIDER_IDS = ['agilepoint', 'orange-logic', 'insider', 'global-commerce', 'autify'] as const

export function vectorsOf(provider: string): readonly Vector[] {
  const url = new URL(`../../${provider}/test/vectors.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')).vectors
}

/** The first that the vendor would send as it is, or the first that is refused for this reason. */
export function vectorOf(provider: string, reason?: string): Vector {
  const found = vectorsOf(provider).find((vector) => vector.reason === reason && isExpressible(vector))
  if (found === undefined) throw new Error(`there is no such vector of ${provider}`)
  return found
}

/** Dates of keys cannot be told on the command line. */
export function isExpressible({ keys }: Vector): boolean {
  return keys.every((key) => Object.keys(key).every((name) => ['id', 'secret', 'slot', 'encoding'].includes(name)))
}

export function bodyOf({ body = '', bodyBase64 }: Vector): Buffer {
  return bodyBase64 === undefined ? Buffer.from(body) : Buffer.from(bodyBase64, 'base64')
}

/** Provider, options and secrets as the command takes them, the secrets by the environment. */
export function argumentsOf(provider: string, { options, keys, now }: Vector) {
  const env = Object.fromEntries(keys.map(({ secret }, index) => [`SECRET_${index}`, secret]))
  const secrets = keys.flatMap(({ slot }, index) => [
    '--secret-env',
    `${slot === undefined ? '' : `${slot}=`}SECRET_${index}`,
  ])
  const encodings = [...new Set(keys.flatMap(({ encoding }) => encoding ?? []))].flatMap((one) => [
    '--secret-encoding',
    one,
  ])
  const argv = ['-p', provider, ...optionArguments(options), ...secrets, ...encodings]
  return { argv, env, now: ['--now', String(now)] }
}

function optionArguments(options: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? optionArguments(value as Readonly<Record<string, unknown>>, `${prefix}${name}.`)
      : ['-o', `${prefix}${name}=${value}`],
  )
}

/** The delivery as it would come over HTTP/1.1. */
export function rawHttp(vector: Vector): Buffer {
  const body = bodyOf(vector)
  const headers = Object.entries(vector.headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  )
  const head = `POST /webhooks HTTP/1.1\r\nHost: localhost\r\n${headers.join('')}Content-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
