/// <reference types="aws-lambda" />
import type { SentMessage } from '@countersign/testkit/integration'

/** What AWS makes of a request, by where it came in. */
export const events = {
  'a REST API': restEvent,
  'an HTTP API': (message: SentMessage) => httpEvent(message, 'prod', `/prod${pathOf(message)}`),
  'a function URL': (message: SentMessage) => ({
    ...httpEvent(message, '$default', pathOf(message)),
    ...base64(message),
  }),
  'a load balancer': (message: SentMessage) => balancerEvent(message, false),
  'a load balancer with multi-value headers': (message: SentMessage) => balancerEvent(message, true),
}

/** Payload format 1.0, of an API with a stage: names as sent, parameters decoded. */
export function restEvent(message: SentMessage): AWSLambda.APIGatewayProxyEvent {
  const path = pathOf(message)
  const parameters = lists([...new URLSearchParams(queryOf(message))])
  const headers = lists(message.headers)
  const requestContext = { stage: 'prod', path: `/prod${path}`, httpMethod: message.method, resourcePath: '/{proxy+}' }
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: message.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: nullIfEmpty(lastOf(parameters)),
    multiValueQueryStringParameters: nullIfEmpty(parameters),
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: requestContext as AWSLambda.APIGatewayProxyEvent['requestContext'],
    ...text(message),
  }
}

/** Payload format 2.0: names in lower case, repeats joined by a comma. */
function httpEvent(message: SentMessage, stage: string, path: string): AWSLambda.APIGatewayProxyEventV2 {
  const http = { method: message.method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' }
  const { body, isBase64Encoded } = text(message)
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: queryOf(message),
    headers: Object.fromEntries(
      Object.entries(lists(lowered(message))).map(([name, values]) => [name, values.join(',')]),
    ),
    requestContext: { stage, http } as AWSLambda.APIGatewayProxyEventV2['requestContext'],
    ...(body !== null && { body }),
    isBase64Encoded,
  }
}

/** Names in lower case, parameters as sent. Of repeats, only the last is there unless it is set to multi-value headers. */
function balancerEvent(message: SentMessage, isMultiValue: boolean): AWSLambda.ALBEvent {
  const headers = lists(lowered(message))
  const pairs = queryOf(message)
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split('=') as [string, string])
  const parameters = lists(pairs)
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/acme/1' } },
    httpMethod: message.method,
    path: pathOf(message),
    ...(isMultiValue
      ? { multiValueHeaders: headers, multiValueQueryStringParameters: parameters }
      : { headers: lastOf(headers), queryStringParameters: lastOf(parameters) }),
    ...text(message),
    body: text(message).body ?? '',
  }
}

/** A body is text where it can be, else base64. */
function text(message: SentMessage) {
  const body = Buffer.from(message.body)
  if (body.length === 0) return { body: null, isBase64Encoded: false }
  return Buffer.from(body.toString()).equals(body) ? { body: body.toString(), isBase64Encoded: false } : base64(message)
}

function base64({ body }: SentMessage) {
  return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
}

function lists(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const result: Record<string, string[]> = {}
  for (const [name, value] of pairs) result[name] = [...(result[name] ?? []), value]
  return result
}

function lastOf(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1) ?? '']))
}

function nullIfEmpty<Fields extends object>(fields: Fields): Fields | null {
  return Object.keys(fields).length ? fields : null
}

const lowered = ({ headers }: SentMessage) => headers.map(([name, value]) => [name.toLowerCase(), value] as const)
const pathOf = ({ path }: SentMessage) => path.split('?', 1)[0] ?? ''
const queryOf = ({ path }: SentMessage) => path.split('?')[1] ?? ''
