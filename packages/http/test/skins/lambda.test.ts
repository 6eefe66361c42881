/// <reference types="aws-lambda" />
import type { SentMessage } from '@countersign/testkit/integration'
import { describe, expect, it } from 'vitest'
import type { FetchRequest, Receiver } from '../../src/index.js'
import { type LambdaEvent, type LambdaResult, toLambda } from '../../src/lambda.js'
import { BODY, plainReceiver, signed } from './delivered.js'
import { events, restEvent } from './lambda-events.js'
import { describeSkin } from './skin.js'

const called = (receiver: Receiver, eventOf: (message: SentMessage) => LambdaEvent) => {
  const handler = toLambda(receiver)
  return Promise.resolve({
    send: async (message: SentMessage) => replyOf(await handler(eventOf(message))),
  })
}

function replyOf({ statusCode, headers, multiValueHeaders, body }: LambdaResult) {
  const lists = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name, values.join(', ')])
  return { status: statusCode, headers: headers ?? Object.fromEntries(lists), body }
}

/** What middy's httpJsonBodyParser() makes of an event. */
const parsed = ({ body, isBase64Encoded, ...event }: LambdaEvent): LambdaEvent => ({
  ...event,
  body: JSON.parse(Buffer.from(String(body), isBase64Encoded ? 'base64' : 'utf8').toString()),
})

for (const [name, eventOf] of Object.entries(events)) {
  describeSkin(`lambda behind ${name}`, {
    endpoint: 'called',
    serve: (receiver) => called(receiver, eventOf),
    serveParsed: (receiver) => called(receiver, (message) => parsed(eventOf(message))),
    fix: '.use(httpJsonBodyParser())',
    // Of a repeated header it hands on the last value alone.
    isBeyond: (test) => name === 'a load balancer' && / beside .*: 401/.test(test),
  })
}

const post: SentMessage = {
  method: 'POST',
  path: '/webhooks/acme?tenant=a%20b&tenant=%26c&empty=',
  headers: [['Host', 'receiver.example'], ...Object.entries(signed())],
  body: Buffer.from(BODY),
}

/** What a receiver is given, with the answer to it. */
async function received(event: LambdaEvent) {
  const requests: FetchRequest[] = []
  const { receiver } = plainReceiver({ tenant: (request) => String(requests.push(request)) })
  const result = await toLambda(receiver)(event)
  return { result, url: requests[0]?.url }
}

describe('lambda', () => {
  it('is a handler of all that AWS has a type for', () => {
    const handler = toLambda(plainReceiver().receiver)
    const rest: AWSLambda.APIGatewayProxyHandler = handler
    const http: AWSLambda.APIGatewayProxyHandlerV2 = handler
    const functionUrl: AWSLambda.LambdaFunctionURLHandler = handler
    const balancer: AWSLambda.ALBHandler = handler
    expect(new Set<unknown>([rest, http, functionUrl, balancer]).size).toBe(1)
  })

  it.each([
    ['a REST API', '/prod/webhooks/acme?tenant=a+b&tenant=%26c&empty='],
    ['an HTTP API', '/prod/webhooks/acme?tenant=a%20b&tenant=%26c&empty='],
    ['a function URL', '/webhooks/acme?tenant=a%20b&tenant=%26c&empty='],
    ['a load balancer', '/webhooks/acme?tenant=%26c&empty='],
    ['a load balancer with multi-value headers', '/webhooks/acme?tenant=a%20b&tenant=%26c&empty='],
  ] as const)('tells the address that was asked for behind %s', async (name, path) => {
    expect(await received(events[name](post))).toMatchObject({
      url: `https://receiver.example${path}`,
      result: { statusCode: 200 },
    })
  })

  it('tells the address without a query, a context or a host', async () => {
    expect((await received(restEvent({ ...post, path: '/webhooks' }))).url).toBe(
      'https://receiver.example/prod/webhooks',
    )
    const bare = { httpMethod: 'POST', path: '/a?b#c', body: BODY, headers: signed(), isBase64Encoded: false }
    expect(await received(bare)).toMatchObject({ url: 'https://localhost/a%3Fb%23c', result: { statusCode: 200 } })
  })

  it('reads `headers` where `multiValueHeaders` is null or empty', async () => {
    for (const multiValueHeaders of [null, {}]) {
      expect(await received({ ...restEvent(post), multiValueHeaders })).toMatchObject({ result: { statusCode: 200 } })
    }
  })

  it('answers in the form that is read', async () => {
    const get = { ...post, method: 'GET', body: new Uint8Array() }
    const answer = { statusCode: 405, body: '', isBase64Encoded: false }
    for (const [name, eventOf] of Object.entries(events)) {
      const lists = name.endsWith('multi-value headers')
      expect((await received(eventOf(get))).result).toEqual({
        ...answer,
        ...(lists ? { multiValueHeaders: { allow: ['POST'] } } : { headers: { allow: 'POST' } }),
      })
    }
  })

  it('does not take an event that is no request for a delivery', async () => {
    // Of a queue's messages, an answer would be taken for their handling.
    for (const event of [{}, { requestContext: null }, { Records: [{ body: '{}' }] }]) {
      await expect(received(event as never)).rejects.toThrow('option-invalid: the event is no request of API Gateway')
    }
  })
})
