/** What a receiver in Node has of a delivery. */
export interface Delivery {
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Uint8Array
}

const MAX_BODY_BYTES = 16 * 1024 * 1024

/** Whether it is bytes that no other thread writes to, and no more of them than are accepted. */
export function isBody(body: Uint8Array): boolean {
  return (
    body instanceof Uint8Array && body.buffer[Symbol.toStringTag] === 'ArrayBuffer' && body.length <= MAX_BODY_BYTES
  )
}

/** A header's value, its name compared without case; undefined if it is not there, is sent twice, or is too long. */
export function headerOf(headers: Delivery['headers'], wanted: string): string | undefined {
  let found: unknown
  for (const name in headers) {
    if (name.length !== wanted.length || (name !== wanted && name.toLowerCase() !== wanted)) continue
    if (!Object.hasOwn(headers, name)) continue
    if (found !== undefined) return undefined
    found = headers[name]
  }
  return typeof found === 'string' && found.length <= 8192 ? found : undefined
}

/** The verdict on a good delivery. */
export class Accepted {
  readonly ok = true

  constructor(
    readonly keyId: string,
    readonly timestamp: number | undefined,
    readonly body: Uint8Array,
  ) {}

  get event(): unknown {
    return JSON.parse(new TextDecoder().decode(this.body))
  }
}

export interface Refused {
  readonly ok: false
  readonly reason: string
}

export const refused = (reason: string): Refused => ({ ok: false, reason })
