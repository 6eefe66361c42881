import type { IncomingMessage } from 'node:http'

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string
  /** The path with its query, as sent. */
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

/** Reads a request; undefined where its body is longer than the cap, and then the rest is left unread. */
export async function readRequest(
  message: IncomingMessage,
  maxBodyBytes: number,
): Promise<ReceivedRequest | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // The stream is not destroyed when reading ends early: with it would go the socket that the answer needs.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return {
    method: methodOf(message),
    target: targetOf(message),
    headers: headersOf(message),
    body: Buffer.concat(chunks),
  }
}

export function methodOf({ method = 'GET' }: IncomingMessage): string {
  return method
}

export function targetOf({ url = '/' }: IncomingMessage): string {
  return url
}

/** From the raw list: `headers` keeps only the first of some repeats, and a repeat matters to the verdict. */
function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const entries: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) entries.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return entries
}
