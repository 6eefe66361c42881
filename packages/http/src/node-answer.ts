import type { Answer } from './answer.js'
import type { NodeRequest } from './node-request.js'

/** Node's `ServerResponse` (HTTP/1 and 2), as far as it is used. */
export interface NodeResponse {
  /** Whether an answer has been begun. */
  readonly headersSent: boolean
  /** Writes status and headers. */
  writeHead(status: number, headers: Record<string, string>): unknown
  /** Sends them, though nothing follows yet. */
  flushHeaders?(): void
  /** Ends the answer. */
  end(): unknown
}

/** For so long a sender that is still writing may read its answer. */
const LINGER_MS = 500

/** Writes an answer. Where another one has been begun, such as by a timeout of the framework's, that one stands. */
export function writeAnswer(message: NodeRequest, response: NodeResponse, answer: Answer): void {
  if (response.headersSent) return
  const headers = headersOf(message, answer)
  response.writeHead(answer.status, { ...headers, 'content-length': '0' })
  if (!headers.connection) response.end()
  else {
    // Closed at once, with bytes unread, the connection would be reset, and the answer perhaps lost (RFC 9112, section 9.6).
    // The answer is whole already, without a body.
    response.flushHeaders?.()
    setTimeout(() => response.end(), LINGER_MS)
  }
}

/**
 * The headers of an answer. A connection with an unread body on it is of no further use: Node would read all of it, to get to
 * the next request. That is just what the cap is against.
 */
export function headersOf({ complete, stream }: NodeRequest, { headers }: Answer): Record<string, string> {
  if (complete !== false) return headers
  if (!stream) return { ...headers, connection: 'close' }
  // HTTP/2 has no such header, and no such need (RFC 9113, sections 8.2.2 and 8.1): this stream alone is ended. Node does so
  // where nobody has begun to read; and like here a moment after, for what is still to be sent would be dropped.
  stream.once('finish', () => setImmediate(() => stream.close()))
  return headers
}
