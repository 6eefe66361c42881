import { CountersignError, type FetchRequest } from '@countersign/core'
import { fetchRequest } from './fetch-request.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'
import type { WebResponse } from './web-types.js'

/** Hono's context, as far as it is used. */
export interface HonoContext {
  /** Hono's own request. */
  readonly req: {
    /** The web's `Request` inside it. */
    readonly raw: FetchRequest
  }
}

const FIX =
  'something has read the body, such as c.req.json() in a middleware or validator(), and Hono keeps no bytes of it: mount ' +
  'the receiver before app.use() of that, or let it skip the path'

/** A receiver for Hono, on any runtime: `app.all('/webhooks/x', toHono(receiver))`. */
export function toHono(receiver: Receiver) {
  requireReceiver(receiver, 'toHono')
  return (c: HonoContext): Promise<WebResponse> => {
    const { raw } = c.req
    return receiver(isRead(raw) ? unreadable(raw) : raw)
  }
}

function isRead({ bodyUsed, body }: FetchRequest): boolean {
  return bodyUsed || (body as { readonly locked?: boolean } | null | undefined)?.locked === true
}

/** The same request, whose body cannot be read, and which says why. */
function unreadable({ method, url, headers }: FetchRequest): FetchRequest {
  return fetchRequest({ method, url, header: (name) => headers.get(name) }, () => {
    throw new CountersignError('body-already-read', FIX)
  })
}
