import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What a receiver answered. */
export interface Reply {
  readonly status: number
  readonly durationMs: number
  /** Its beginning. */
  readonly body: string
}

/** A receiver's answer is read to the eye: what is longer is left. */
const MOST_BYTES = 2000

/**
 * Posts bytes. Not by fetch: it refuses some ports, and repeats a header that it does not take, which may be a secret. A
 * redirect is not followed: a vendor takes it for a failure.
 *
 * @throws Error where no answer comes.
 */
export async function post(
  url: string,
  headers: readonly (readonly [string, string])[],
  body: Uint8Array,
  timeoutMs: number,
): Promise<Reply> {
  const started = performance.now()
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await answerOf(() => {
      const request = url.startsWith('https:') ? httpsRequest : httpRequest
      const all = [...ownHeaders(url, body, headers), ...headers].flat()
      return request(url, { method: 'POST', headers: all, signal, agent: false }).end(body)
    })
    const text = await beginningOf(response)
    return { status: response.statusCode ?? 0, durationMs: performance.now() - started, body: text }
  } catch (error) {
    throw unreached(url, error, signal.aborted ? timeoutMs : undefined)
  }
}

/** Node adds none to a list of headers. */
function ownHeaders(url: string, body: Uint8Array, given: readonly (readonly [string, string])[]) {
  const own = [
    ['Host', new URL(url).host],
    ['Content-Length', String(body.length)],
  ] as const
  return own.filter(([name]) => !given.some(([other]) => other.toLowerCase() === name.toLowerCase()))
}

function answerOf(send: () => ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // What is wrong with a header is thrown, and rejects as well.
    send().on('response', resolve).on('error', reject)
  })
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    bytes += chunk.length
    // Leaving the loop ends the rest.
    if (bytes >= MOST_BYTES) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MOST_BYTES))
}

function unreached(url: string, error: unknown, timeoutMs: number | undefined): Error {
  const { origin } = new URL(url)
  if (timeoutMs !== undefined) return new Error(`${origin} has not answered for ${timeoutMs / 1000} s`)
  return new Error(`${origin} cannot be reached`, { cause: error })
}
