import type { Message } from './delivery.js'
import type { SocketTrial } from './trial.js'
import { beginUpload, type Upload } from './upload.js'
import type { Header } from './vendors.js'
import { pause } from './waiting.js'

/** How the end of a body is told: chunk by chunk, or by so many bytes. */
export type Framing = 'chunked' | number

/** Begins a delivery; its body is for the case to write. */
export function beginDelivery(
  trial: SocketTrial,
  { method, query, headers }: Message,
  framing: Framing,
  ...more: readonly Header[]
): Upload {
  const end: Header = framing === 'chunked' ? ['Transfer-Encoding', framing] : ['Content-Length', String(framing)]
  return beginUpload(trial.url + query, { method, headers: [...headers, ...more, end] }, trial.agent)
}

/** Writes a body in pieces of that size, each by itself, and ends it. */
export async function writeInPieces(upload: Upload, body: Uint8Array, size: number, pauseMs = 0): Promise<void> {
  for (let at = 0; at < body.length; at += size) {
    await upload.write(body.subarray(at, at + size))
    if (pauseMs > 0) await pause(pauseMs)
  }
  upload.end()
}
