import { exchangeOf, type NestRequest, type NestResponse } from './nest-exchange.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

export { createVerifyGuard, type NestContext, type VerifiedRequest, type VerifyGuard } from './nest-guard.js'
export type { NestRequest, NestResponse }

/**
 * A receiver for Nest, on Express and on Fastify. As a middleware of the app it comes before Nest's own parsers:
 * `app.use('/webhooks/x', toNest(receiver))`. As a controller's method it comes after them, in an app with `rawBody: true`:
 * `@All('x') receive(@Req() request, @Res() response) { return this.receiver(request, response) }`; then they refuse what
 * they cannot parse, or find too long, before it is verified.
 */
export function toNest(receiver: Receiver) {
  requireReceiver(receiver, 'toNest')
  return async (request: NestRequest, response: NestResponse): Promise<void> => {
    const exchange = exchangeOf(request, response)
    await exchange.answer(await receiver.answer(exchange.request))
  }
}
