import { fromLambdaEvent, type LambdaEvent } from './lambda-event.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

export type { LambdaEvent }

/** What API Gateway, function URLs and load balancers take as an answer. */
export interface LambdaResult {
  /** The HTTP status. */
  statusCode: number
  /** `allow` or `retry-after`, in lower case. */
  headers?: Record<string, string>
  /** For a load balancer that is set to them; it would ignore `headers`. */
  multiValueHeaders?: Record<string, string[]>
  /** Always empty. */
  body: string
  /** Always false. */
  isBase64Encoded: boolean
}

const FIX =
  'a middleware has parsed event.body: let the receiver have the event without it, such as without ' +
  ".use(httpJsonBodyParser()) of middy's"

/** A receiver for AWS Lambda: `export const handler = toLambda(receiver)`. */
export function toLambda(receiver: Receiver) {
  requireReceiver(receiver, 'toLambda')
  return async (event: LambdaEvent): Promise<LambdaResult> => {
    const { status, headers } = await receiver.answer(fromLambdaEvent(event, FIX))
    const isMultiValue = event.requestContext?.elb && event.multiValueHeaders
    const lists = Object.entries(headers).map(([name, value]) => [name, [value]])
    return {
      statusCode: status,
      ...(isMultiValue ? { multiValueHeaders: Object.fromEntries(lists) } : { headers }),
      body: '',
      isBase64Encoded: false,
    }
  }
}
