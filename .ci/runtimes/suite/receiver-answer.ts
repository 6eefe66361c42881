import type { FetchRequest, Verifier } from '@countersign/core'
import { createReceiver, memoryStore, type ReceiverObservation } from '@countersign/http'
import type { Delivery } from './delivery.js'
import { liveOf } from './live.js'

/**
 * What a receiver makes of a delivery that comes twice: both answers, and all that is observed, the idempotency key among
 * it. Undefined where the delivery does not come as a request.
 */
export async function receiverAnswers(delivery: Delivery, verifier: Verifier) {
  const observed: Omit<ReceiverObservation, 'durationMs'>[] = []
  let handled = 0
  const receiver = createReceiver(verifier, {
    idempotency: memoryStore(),
    ...(delivery.tenant !== undefined && { tenant: () => delivery.tenant }),
    handle() {
      handled += 1
    },
    observe: ({ durationMs: _, ...observation }) => void observed.push(observation),
    onError() {},
  })
  const answers = []
  for (let time = 1; time <= 2; time += 1) {
    const request = await liveOf(delivery)
    if (!isRequest(request)) return undefined
    const response = (await receiver(request)) as Response
    answers.push([response.status, response.headers.get('retry-after'), await response.text()])
  }
  return { answers, handled, observed }
}

function isRequest(live: object): live is FetchRequest {
  return 'arrayBuffer' in live
}
