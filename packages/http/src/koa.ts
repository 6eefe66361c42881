import { headersOf } from './node-answer.js'
import { fromNodeRequest, type KeptRequest, type NodeRequest } from './node-request.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

/** Koa's context, as far as it is used. */
export interface KoaContext {
  /** Node's request. */
  readonly req: NodeRequest
  /** Koa's own, on which body parsers leave what they made. */
  readonly request: KeptRequest
  /** The status of the answer. */
  status: number
  /** The body of the answer. */
  body: unknown
  /** Sets headers of the answer. */
  set(headers: Record<string, string>): void
  /** Takes a header of the answer away. */
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
