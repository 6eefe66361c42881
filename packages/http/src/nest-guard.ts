import type { Accepted, FetchRequest, Verifier } from '@countersign/core'
import { exchangeOf, type NestRequest, type NestResponse } from './nest-exchange.js'
import { createReceiver } from './receiver.js'
import type { ReceiverOptions } from './receiver-options.js'

/** Nest's `ExecutionContext`, as far as it is used. */
export interface NestContext {
  /** The exchange, where it is one of HTTP. */
  switchToHttp(): {
    /** The platform's request. */
    getRequest(): NestRequest
    /** The platform's response. */
    getResponse(): NestResponse
  }
}

/** A guard: `@UseGuards(guard)`. */
export interface VerifyGuard {
  /** Resolves to whether the delivery was accepted; if not, it has been answered. */
  canActivate(context: NestContext): Promise<boolean>
}

/** What a controller's method gets behind the guard: `@Req() request: VerifiedRequest<MyEvent>`. */
export interface VerifiedRequest<Event = unknown> {
  /** The verdict, of which `event` is the event. */
  readonly countersign: Accepted<Event>
}

/**
 * A guard that verifies a delivery and leaves the handling of it to the controller's method, with the verdict in
 * `request.countersign`: retries and duplicates run it again. What it refuses it answers itself, as a receiver does: with a
 * status and an empty body. The diagnostics channel says `handled` of what it lets through, before the method has run. For
 * Nest, which was told `false`, there is nothing left to answer then.
 *
 * @throws CountersignError `option-invalid`.
 */
export function createVerifyGuard<Event>(
  verifier: Verifier<Event>,
  options: Pick<ReceiverOptions<Event>, 'tenant' | 'payload' | 'onError'> = {},
): VerifyGuard {
  const verdicts = new WeakMap<FetchRequest, Accepted<Event>>()
  const receiver = createReceiver(
    {
      provider: verifier.provider,
      async verify(delivery, context) {
        const verdict = await verifier.verify(delivery, context)
        if (verdict.ok) verdicts.set(delivery as FetchRequest, verdict)
        return verdict
      },
    },
    { ...options, idempotency: 'off', handle() {} },
  )

  return {
    async canActivate(context) {
      const http = context.switchToHttp()
      const request = http.getRequest()
      const { request: delivery, answer } = exchangeOf(request, http.getResponse())
      const answered = await receiver.answer(delivery)
      const isAccepted = answered.status === 200
      if (isAccepted) Object.assign(request, { countersign: verdicts.get(delivery) })
      else await answer(answered)
      return isAccepted
    },
  }
}
