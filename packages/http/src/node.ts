import { type NodeResponse, writeAnswer } from './node-answer.js'
import { fromNodeRequest, type KeptRequest, type NodeRequest } from './node-request.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

export { type FileStoreOptions, fileStore } from './file-store.js'
export type { KeptRequest, NodeRequest, NodeResponse }

const FIX =
  'a body parser has read the body: let the receiver have the request before it; in an API route of the Next.js pages ' +
  'router, export const config = { api: { bodyParser: false } }'

/** A receiver for `node:http`, `node:http2`, connect-style middleware and API routes of the Next.js pages router. */
export function toNode(receiver: Receiver) {
  requireReceiver(receiver, 'toNode')
  return async (request: NodeRequest, response: NodeResponse): Promise<void> => {
    writeAnswer(request, response, await receiver.answer(fromNodeRequest(request, FIX)))
  }
}
