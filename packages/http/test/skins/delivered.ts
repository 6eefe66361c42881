import { createHmac } from 'node:crypto'
import type { ReadableStream } from 'node:stream/web'
import { createVerifier, type VerifierOptions } from '@countersign/core'
import type { ReceiverOptions } from '../../src/index.js'
import { receiverWith } from '../receiver-under-test.js'
import { plain, SECRET } from '../vendor.js'

/** JSON that is another after any parser. */
export const BODY = '{ "text":"Größe", "amount":1.0 }\n'

export function signed(body: string | Uint8Array = BODY, secret = SECRET): Record<string, string> {
  const mac = createHmac('sha256', secret).update(body).digest('hex')
  return { 'content-type': 'application/json', 'x-acme-signature': mac }
}

export const plainVerifier = (options: Partial<VerifierOptions<unknown>> = {}) =>
  createVerifier(plain, { keys: SECRET, ...options })

/** A receiver of plain deliveries, and what it handled, observed and reported. */
export function plainReceiver(options: Partial<ReceiverOptions<unknown>> = {}): ReturnType<typeof receiverWith> {
  return receiverWith(options, plainVerifier())
}

/** Sends a delivery over a socket, and gives what came back. */
export async function deliver(
  url: string,
  { body = BODY as string | ReadableStream, headers = signed(), method = 'POST' } = {},
) {
  const response = await fetch(url, { method, headers, ...(method === 'POST' && { body, duplex: 'half' }) })
  return { status: response.status, text: await response.text(), headers: Object.fromEntries(response.headers) }
}
