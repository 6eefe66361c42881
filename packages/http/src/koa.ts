import { headersOf } from './node-answer.js'
import { fromNodeRequest, type KeptRequest, type NodeRequest } from './node-request.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

/** Koa's context, as far as it is used. */
export interface KoaContext {
  readonly req: NodeRequest
  readonly request: KeptRequest
  status: number
  body: unknown
  set(headers: Record<string, string>): void
  remove(header: string): void
}

const FIX =
  'a body parser has read the body, and the text that it keeps is not the bytes that arrived: mount the receiver before ' +
  'app.use(bodyParser()), or set ctx.disableBodyParser = true for its path before that'

/** A receiver for Koa, with any router: `router.all('/webhooks/x', toKoa(receiver))`. */
export function toKoa(receiver: Receiver) {
  requireReceiver(receiver, 'toKoa')
  return async (ctx: KoaContext): Promise<void> => {
    const answer = await receiver.answer(fromNodeRequest(ctx.req, FIX, ctx.request))
    ctx.status = answer.status
    // Neither null, which turns the status into 204, nor nothing, for which Koa writes the status as text.
    ctx.body = ''
    ctx.remove('content-type')
    ctx.set(headersOf(ctx.req, answer))
  }
}
