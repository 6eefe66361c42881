import { CountersignError, type FetchRequest } from '@countersign/core'
import { type BodyReader, fetchRequest, readerOf } from './fetch-request.js'
import { requestUrl } from './request-url.js'

/** What frameworks keep of a request, on Node's own or on theirs. */
export interface KeptRequest {
  /** The path as it came, before a mount point was taken off. */
  readonly originalUrl?: string | undefined
  /** Some parsers, and Nest with `rawBody: true`, keep the bytes here; some keep text, which is none. */
  readonly rawBody?: unknown
  /** What a body parser made of the body; taken only if it is bytes. */
  readonly body?: unknown
}

/** Node's `IncomingMessage` (HTTP/1 and 2), as far as it is used, and what frameworks put onto it. */
export interface NodeRequest extends AsyncIterable<unknown>, KeptRequest {
  /** The HTTP method. */
  readonly method?: string | undefined
  /** Path and query, perhaps without a mount point. */
  readonly url?: string | undefined
  /** By names in lower case. Of some repeats it has the first only: `rawHeaders` has all. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Names and values in turn. */
  readonly rawHeaders?: readonly string[]
  /** Whether something has read from the stream. */
  readonly readableDidRead?: boolean
  /** Whether the whole body has come in. */
  readonly complete?: boolean
  /** Whether the sender left before the end. */
  readonly aborted?: boolean
  /** With `encrypted`, where it is. */
  readonly socket?: object | null
  /** HTTP/2 only. */
  readonly stream?:
    | {
        /** Ends the stream, and not the connection. */
        close(): void
        /** Calls the listener when the answer has been handed over. */
        once(event: 'finish', listener: () => void): unknown
      }
    | undefined
  /** Reads the body, and can leave the socket open. */
  iterator?(options: { destroyOnReturn: boolean }): AsyncIterator<unknown>
}

/**
 * A request of Node's as a fetch request. Its body is what arrived: the bytes that a raw body parser kept, else the stream,
 * read piece by piece, so that a cap ends the reading.
 *
 * @param fix what to do when a body parser was there first: the message of the error that reading the body then rejects
 * with, `body-already-read`.
 * @param kept the framework's own request, where that is another than Node's.
 */
export function fromNodeRequest(message: NodeRequest, fix: string, kept: KeptRequest = message): FetchRequest {
  const header = (name: string) => headerOf(message, name)
  const { encrypted } = (message.socket ?? {}) as { readonly encrypted?: boolean }
  const authority = header(':authority') ?? header('host')
  const url = requestUrl(encrypted ? 'https' : 'http', authority, kept.originalUrl ?? message.url ?? '/')
  return fetchRequest({ method: message.method ?? 'POST', url, header }, () => bodyOf(message, fix, kept))
}

/**
 * All values, from the raw list: `headers` keeps only the first of some repeats, such as `authorization`, and a repeat must
 * not be resolved silently. HTTP/2 has no `headersDistinct`.
 */
function headerOf({ headers, rawHeaders = [] }: NodeRequest, name: string): string | null {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)
  // Imitations, such as serverless-http's, fill in `headers` alone.
  const value = values.length ? values : headers[name]
  return value === undefined ? null : [value].flat().join(', ')
}

/** Of a body that was kept as it came, or of the stream. */
function bodyOf(message: NodeRequest, fix: string, kept: KeptRequest): BodyReader {
  const rawBody = [kept.rawBody, message.rawBody].find(isBytes)
  if (rawBody) return readerOf(rawBody)
  // Only where something has read it: Vercel parses a body when `body` is first asked for, and throws if it cannot.
  if (message.readableDidRead !== false) {
    const body = [kept.body, message.body].find(isBytes)
    if (body) return readerOf(body)
    if (message.readableDidRead) throw new CountersignError('body-already-read', fix)
  }
  return readerOfStream(message, fix)
}

function readerOfStream(message: NodeRequest, fix: string): BodyReader {
  // The stream is not destroyed when reading ends early: with it would go the socket that the answer needs.
  const chunks = message.iterator?.({ destroyOnReturn: false }) ?? message[Symbol.asyncIterator]()
  return {
    async read() {
      const { done, value } = await chunks.next()
      // An upload that broke off before anybody read it may look like one that has ended.
      if (done && message.aborted) throw new Error('aborted')
      if (done) return { done }
      // Text, if somebody called setEncoding on the stream: the bytes are lost.
      if (!isBytes(value)) throw new CountersignError('body-not-bytes', fix)
      return { done: false, value }
    },
    cancel: async () => chunks.return?.(),
  }
}

/** Not by class: test runners have a `Uint8Array` of their own. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value)
}
