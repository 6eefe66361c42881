import { CountersignError, type FetchRequest } from '@countersign/core'
import { fetchRequest, readerOf } from './fetch-request.js'
import { requestUrl } from './request-url.js'

const NO_REQUEST = 'the event is no request of API Gateway, a function URL or a load balancer'

type Fields<Value> = Readonly<Record<string, Value | undefined>> | null | undefined

/**
 * An HTTP request as Lambda gets it from API Gateway (REST and HTTP APIs, both payload formats), a function URL, or a load
 * balancer: as far as it is used.
 */
export interface LambdaEvent {
  /** Payload format 1.0 and load balancers. */
  readonly httpMethod?: string | undefined
  /** Payload format 1.0 and load balancers. */
  readonly path?: string | undefined
  /** Payload format 2.0 and function URLs. */
  readonly rawPath?: string | undefined
  /** Payload format 2.0 and function URLs: without the question mark. */
  readonly rawQueryString?: string | undefined
  /** Of repeats, payload format 1.0 has the last one only, and 2.0 all of them, between commas. */
  readonly headers?: Fields<string>
  /** All repeats. Payload format 1.0, and load balancers that are set to them. */
  readonly multiValueHeaders?: Fields<readonly string[]>
  /** Payload format 1.0 and load balancers: of repeats the last one. */
  readonly queryStringParameters?: Fields<string>
  /** All repeats. Payload format 1.0, and load balancers that are set to them. */
  readonly multiValueQueryStringParameters?: Fields<readonly string[]>
  /** Text, or null. Anything else is what a middleware made of it: `body-not-bytes`. */
  readonly body?: unknown
  /** Whether the body is base64 of the bytes that arrived, and not their text. */
  readonly isBase64Encoded?: boolean | undefined
  /** What the platform knows beside the request. */
  readonly requestContext?: {
    /** With the stage, where a request was sent to one. */
    readonly path?: string | undefined
    /** The host, where no `host` header came along. */
    readonly domainName?: string | undefined
    /** Payload format 2.0 and function URLs. */
    readonly http?:
      | {
          /** The HTTP method. */
          readonly method: string
        }
      | undefined
    /** Load balancers only. */
    readonly elb?: unknown
  } | null
}

/**
 * @param fix what to do when the body was parsed before.
 * @throws CountersignError `option-invalid` for another event than an HTTP request, such as that of a queue.
 */
export function fromLambdaEvent(event: LambdaEvent, fix: string): FetchRequest {
  const { httpMethod, rawPath, path = '/' } = event
  const requestContext = event.requestContext ?? {}
  const method = requestContext.http?.method ?? httpMethod
  // A queue that got its answer would take the message for handled.
  if (method === undefined) throw new CountersignError('option-invalid', NO_REQUEST)
  const header = (name: string) => headerOf(event, name)
  const authority = header('host') ?? requestContext.domainName ?? null
  // Some come decoded, so that these may stand in a path.
  const sentPath = (rawPath ?? requestContext.path ?? path).replace(/[?#]/g, encodeURIComponent)
  const query = queryOf(event)
  return fetchRequest(
    {
      method,
      url: requestUrl('https', authority, `${sentPath}${query && '?'}${query}`),
      header,
    },
    () => readerOf(bytesOf(event, fix)),
  )
}

/** Of `multiValueHeaders` where the platform fills them in: beside them, `headers` holds the last of repeats only. */
function headerOf({ multiValueHeaders, headers }: LambdaEvent, wanted: string): string | null {
  for (const fields of [multiValueHeaders, headers]) {
    // REST APIs leave names in the case in which they were sent.
    const values = Object.entries(fields ?? {}).flatMap(([name, value]) =>
      value !== undefined && name.toLowerCase() === wanted ? value : [],
    )
    if (values.length) return values.join(', ')
  }
  return null
}

function queryOf(event: LambdaEvent): string {
  if (event.rawQueryString !== undefined) return event.rawQueryString
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {}
  const pairs = Object.entries(parameters).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => [name, value] as [string, string]),
  )
  // A load balancer leaves them as they were sent; API Gateway decodes them.
  return event.requestContext?.elb ? pairs.map((pair) => pair.join('=')).join('&') : String(new URLSearchParams(pairs))
}

function bytesOf({ body, isBase64Encoded }: LambdaEvent, fix: string): Uint8Array {
  if (body === null || body === undefined) return new Uint8Array()
  if (typeof body !== 'string') throw new CountersignError('body-not-bytes', fix)
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}
