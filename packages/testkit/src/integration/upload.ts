import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { expectNothingTold } from './answer-text.js'
import type { Reply } from './endpoint.js'
import type { Header } from './vendors.js'

/** What is sent before the body. */
export interface Head {
  readonly method: string
  readonly headers: readonly Header[]
}

/** A request under way, whose body is written by and by. */
export interface Upload {
  /** Resolves once the piece has left this process, and rejects when the connection is gone. */
  write(piece: Uint8Array): Promise<void>
  end(): void
  /** Leaves, as a client does that crashes. */
  abort(): void
  /** Whether the connection was used before. */
  readonly isReused: boolean
  /** Resolves when the server says that it wants the body. */
  readonly continued: Promise<void>
  readonly reply: Promise<Reply>
}

/** Begins a request. Headers go out as they are given: repeats apart, names in their case. */
export function beginUpload(url: string, { method, headers }: Head, agent: Agent): Upload {
  const target = new URL(url)
  // A flat list is sent as it is, so it has to name the host itself.
  const sent = request(target, { method, agent, headers: [['Host', target.host], ...headers].flat() })
  const reply = replyTo(sent)
  // Whoever aborts does not wait for it.
  reply.catch(() => {})
  // A piece that waits for a connection is not told when that is gone.
  const gone = new Promise<never>((_, reject) => {
    sent.once('close', () => reject(new Error('the connection is gone')))
  })
  gone.catch(() => {})
  sent.flushHeaders()
  return {
    write: (piece) => Promise.race([written(sent, piece), gone]),
    end: () => sent.end(),
    abort: () => sent.destroy(),
    get isReused() {
      return sent.reusedSocket
    },
    continued: new Promise((resolve) => {
      sent.on('continue', resolve)
    }),
    reply,
  }
}

function written(sent: ClientRequest, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sent.write(piece, (error) => (error ? reject(error) : resolve()))
  })
}

function replyTo(sent: ClientRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    sent.on('response', (response) => readReply(response).then(resolve, reject))
    sent.on('error', reject)
    // After an answer this comes too, and then changes nothing: that is read by now, or fails by itself.
    sent.on('close', () => setImmediate(reject, new Error('the connection was closed without an answer')))
  })
}

async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response) chunks.push(chunk)
  const headers = Object.entries(response.headersDistinct).map(([name, values]) => [name, values?.join(', ')])
  return expectNothingTold({
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('latin1'),
  })
}
