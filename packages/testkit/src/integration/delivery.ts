import type { Header, SignedHow, Vendor } from './vendors.js'

/** A request, before it is known where it goes. */
export interface Message {
  readonly method: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}

export interface DeliveryChange extends SignedHow {
  readonly method?: string
  readonly query?: string
  /** In place of the vendor's. */
  readonly signature?: readonly Header[]
  /** Beside the vendor's. */
  readonly headers?: readonly Header[]
  /** Null for none. */
  readonly contentType?: string | null
}

/** What a vendor sends for a body, or something close to it. */
export function deliveryOf(vendor: Vendor, body: Uint8Array | string, change: DeliveryChange = {}): Message {
  const { method = 'POST', query = '', contentType = 'application/json', headers = [], signature, ...how } = change
  const bytes = bytesOf(body)
  return {
    method,
    query,
    headers: [
      ...(contentType === null ? [] : [['Content-Type', contentType] as const]),
      ...headers,
      ...(signature ?? vendor.sign(bytes, how)),
    ],
    body: bytes,
  }
}

/** The same with another text in a header. */
export function withText(message: Message, name: string, text: string | ((text: string) => string)): Message {
  const headers = message.headers.map(
    (header): Header => (header[0] === name ? [name, typeof text === 'string' ? text : text(header[1])] : header),
  )
  return { ...message, headers }
}

export function without(message: Message, name: string): Message {
  return { ...message, headers: message.headers.filter((header) => header[0] !== name) }
}

export function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

/** An event like any other, told apart by its number. */
export function eventBody(id: number): string {
  return `{"id":${id},"text":"Größe"}`
}

/** With its length, where it has a body or is of a method that has one. */
export function deliveryHeaders({ method, headers, body }: Message): readonly Header[] {
  if (body.length === 0 && method !== 'POST') return headers
  return [...headers, ['Content-Length', String(body.length)]]
}

/** JSON of so many bytes, not all of them ASCII. */
export function jsonOf(bytes: number): string {
  const frame = '{"text":"ö"}'
  return frame.replace('ö', `ö${'a'.repeat(bytes - bytesOf(frame).length)}`)
}
