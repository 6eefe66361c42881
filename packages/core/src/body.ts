import { concatenate } from './bytes.js'
import { utf8 } from './encoding.js'
import { fail } from './errors.js'

/** A body as it arrived. Text counts as its UTF-8 bytes; null and undefined are the empty body. */
export type BodyInput = Uint8Array | ArrayBuffer | string | null | undefined

/** The web's `Request`, as far as it is used: structural, so that the types need no DOM library. */
export interface FetchRequest {
  /** For schemes that sign it, and for receivers, which take POST alone. */
  readonly method: string
  /** For schemes that sign it, and for whoever takes a route or a tenant out of it. */
  readonly url: string
  /** As the web's `Headers`: it compares names without case, and joins repeats with `, `. */
  readonly headers: {
    /** The value of a header, or null if it is not there. */
    get(name: string): string | null
  }
  /** Whether something has read the body already: then verifying throws `body-already-read`. */
  readonly bodyUsed: boolean
  /** A stream, if it has a `getReader`: it is read no further than the cap. Else `arrayBuffer` is asked. */
  readonly body?: unknown
  /** The whole body, for requests that have no stream. */
  arrayBuffer(): Promise<ArrayBuffer>
}

interface ByteStream {
  readonly locked: boolean
  getReader(): {
    read(): Promise<{ done: true; value?: undefined } | { done: false; value: Uint8Array }>
    cancel(): Promise<unknown>
  }
}

/**
 * The bytes of a body, the very memory that was passed unless `copied`. Shared memory is always copied: another thread
 * could change it between the MAC and the parser.
 *
 * @throws CountersignError `body-not-bytes` for anything else, such as an object that a body parser made.
 */
export function bodyBytes(body: BodyInput, copied?: boolean): Uint8Array {
  if (typeof body === 'string') return utf8(body)
  const view = (body ?? new Uint8Array()) as Uint8Array
  // A buffer has no buffer of its own. Not by class: bodies come from other realms, too; nor by a length, which JSON may have.
  const buffer = view.buffer ?? view
  const kind = buffer[Symbol.toStringTag]
  const isShared = kind !== 'ArrayBuffer'
  if (isShared && kind !== 'SharedArrayBuffer') fail('body-not-bytes')
  // Nothing is there, too, where memory was handed to another thread: that a view of it cannot be made tells the difference.
  const bytes =
    body instanceof Uint8Array && body.length
      ? body
      : new Uint8Array(buffer as ArrayBuffer, view.byteOffset, view.byteLength)
  return copied || isShared ? new Uint8Array(bytes) : bytes
}

/**
 * Reads a request's body to the end, or no further than `maxBytes` (then undefined).
 *
 * @throws CountersignError `body-already-read`, `body-not-bytes`; and what the stream throws when the upload breaks off.
 */
export async function readBody(request: FetchRequest, maxBytes: number): Promise<Uint8Array | undefined> {
  const stream = request.body as Partial<ByteStream> | null | undefined
  if (request.bodyUsed || stream?.locked) fail('body-already-read')
  const reader = stream?.getReader?.()
  if (!reader) return bodyBytes(await request.arrayBuffer())
  // Into one piece of memory: a chunk kept by itself, of one byte perhaps, would cost a hundred times what it holds.
  let bytes: Uint8Array = new Uint8Array()
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes.slice(0, length)
    const chunk = bodyBytes(value)
    const end = length + chunk.length
    // Not waited for: a stream may take its time to end, or fail at it.
    if (end > maxBytes) return void reader.cancel().catch(() => {})
    // More than twice as long, so that all the copying is little.
    if (end > bytes.length) bytes = concatenate([bytes, new Uint8Array(end)])
    bytes.set(chunk, length)
    length = end
  }
}
