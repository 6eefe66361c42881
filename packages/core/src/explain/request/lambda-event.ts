import type { CapturedRequest } from './captured-request.js'
import { headerValue } from './header-text.js'
import { jsonBody } from './json-body.js'
import { jsonHeaders } from './json-headers.js'
import { type JsonObject, optionalObject, optionalText } from './json-object.js'
import { unreadable } from './unreadable.js'

const MEMBERS = ['isBase64Encoded', 'multiValueHeaders', 'requestContext']

/** Whether it is what API Gateway (1.0 and 2.0), a function URL or a load balancer hands to a Lambda function. */
export function isLambdaEvent(document: JsonObject): boolean {
  return MEMBERS.some((member) => document[member] !== undefined)
}

export function parseLambdaEvent(event: JsonObject): CapturedRequest {
  // Where both are there, `headers` has the last value of each only.
  const given = event.multiValueHeaders ?? event.headers ?? undefined
  if (given === undefined) unreadable('the Lambda event has neither headers nor multiValueHeaders')
  const headers = jsonHeaders(given)
  const http = optionalObject(optionalObject(event, 'requestContext'), 'http')
  return {
    format: 'json',
    method: optionalText(event, 'httpMethod') ?? optionalText(http, 'method') ?? 'POST',
    url: urlOf(event, headerValue(headers, 'host')),
    headers,
    body: jsonBody(event.body, event.isBase64Encoded === true, 'body'),
    warnings: [],
  }
}

/** The query of the older format is decoded already, so it is left out. */
function urlOf(event: JsonObject, host: string | undefined): string {
  const path = optionalText(event, 'rawPath') ?? optionalText(event, 'path') ?? ''
  const query = optionalText(event, 'rawQueryString')
  const target = query ? `${path}?${query}` : path
  return host !== undefined && target.startsWith('/') ? `https://${host}${target}` : target
}
