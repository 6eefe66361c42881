import { type NodeResponse, writeAnswer } from './node-answer.js'
import { fromNodeRequest, type NodeRequest } from './node-request.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

const FIX =
  'a body parser has read the body: mount the receiver before app.use(express.json()), or put ' +
  'express.raw({ type: () => true }) on its path before that'

/** A receiver for Express 4 and 5: `app.all('/webhooks/x', toExpress(receiver))`. */
export function toExpress(receiver: Receiver) {
  requireReceiver(receiver, 'toExpress')
  return async (request: NodeRequest, response: NodeResponse): Promise<void> => {
    writeAnswer(request, response, await receiver.answer(fromNodeRequest(request, FIX)))
  }
}
