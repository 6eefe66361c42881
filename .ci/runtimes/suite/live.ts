import type { FetchRequest, HeadersInput } from '@countersign/core'
import { concat } from '../../../packages/testkit/src/bytes.js'
import { textOf } from './bytes.js'
import type { Delivery, Header } from './delivery.js'

const URL = 'https://receiver.example/webhooks'

/** What a verifier is given: plain data in the containers of this runtime. */
export async function liveOf(delivery: Delivery): Promise<FetchRequest | { headers: HeadersInput; body: never }> {
  const { bodyAs, body } = delivery
  if (!['request', 'stream', 'read', 'locked', 'broken'].includes(bodyAs)) {
    return { headers: headersOf(delivery), body: bodyOf(delivery) as never }
  }
  const content = bodyAs === 'request' ? copyOf(body) : streamOf(delivery)
  // `duplex` is what the standard wants beside a stream, and what the types do not know yet.
  const request = new Request(URL, { method: 'POST', body: content, duplex: 'half' } as RequestInit)
  // One by one, as a server does: given as `Headers`, what is repeated and empty is not copied the same way everywhere.
  for (const [name, value] of delivery.headers) request.headers.append(name, value)
  if (bodyAs === 'read') await request.arrayBuffer()
  if (bodyAs === 'locked') request.body?.getReader()
  return request
}

/** A copy, so that a verdict that holds the memory itself holds memory of its own. */
function copyOf(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body)
}

function bodyOf({ bodyAs, body, text }: Delivery): unknown {
  const bytes = copyOf(body)
  switch (bodyAs) {
    case 'text':
      return text ?? textOf(body)
    case 'buffer':
      return bytes.buffer
    case 'view':
      return concat('before', body, 'behind').subarray(6, 6 + body.length)
    case 'dataView':
      return new DataView(concat('before', body, 'behind').buffer, 6, body.length)
    case 'shared':
      return sharedOf(body)
    case 'null':
      return null
    case 'undefined':
      return undefined
    case 'parsed':
      return { parsed: true, byteLength: body.length }
    default:
      return bytes
  }
}

/** Memory that another thread could write to, where the runtime has it; else the same bytes. */
function sharedOf(body: Uint8Array): Uint8Array {
  if (typeof SharedArrayBuffer === 'undefined') return copyOf(body)
  const shared = new Uint8Array(new SharedArrayBuffer(body.length))
  shared.set(body)
  return shared
}

function streamOf({ body, bodyAs, chunks }: Delivery): ReadableStream<Uint8Array> {
  let start = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (start >= body.length && bodyAs === 'broken') return controller.error(new Error('the upload broke off'))
      if (start >= body.length) return controller.close()
      // All sizes may be 0, and large bodies come in pieces that are not tiny.
      const size = Math.max(chunks[turn++ % chunks.length] ?? 1, turn > 20 ? 5000 : 0)
      controller.enqueue(copyOf(body.slice(start, start + size)))
      start += size
    },
  })
}

function headersOf({ headers, headersAs }: Delivery): HeadersInput {
  switch (headersAs) {
    case 'headers':
      return webHeaders(headers)
    case 'entries':
      return headers
    case 'map':
      // A map has a name once.
      return areDistinct(headers) ? new Map(headers) : headers
    case 'iterator':
      return headers.values()
    case 'object':
      return objectOf(headers)
  }
}

function webHeaders(headers: readonly Header[]): Headers {
  const made = new Headers()
  for (const [name, value] of headers) made.append(name, value)
  return made
}

function areDistinct(headers: readonly Header[]): boolean {
  return new Set(headers.map(([name]) => name)).size === headers.length
}

/** As `req.headers`: what came once is text, what came more often is a list. */
function objectOf(headers: readonly Header[]): Record<string, string | string[]> {
  const names = [...new Set(headers.map(([name]) => name))]
  return Object.fromEntries(
    names.map((name) => {
      const values = headers.filter(([one]) => one === name).map(([, value]) => value)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}
