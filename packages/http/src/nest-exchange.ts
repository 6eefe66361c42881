import type { FetchRequest } from '@countersign/core'
import type { Answer } from './answer.js'
import { type FastifyReply, type FastifyRequest, fromFastifyRequest, sendAnswer } from './fastify-exchange.js'
import { type NodeResponse, writeAnswer } from './node-answer.js'
import { fromNodeRequest, type NodeRequest } from './node-request.js'

/** What Nest hands on: Express's request, or Fastify's. */
export type NestRequest = NodeRequest | FastifyRequest
/** What Nest hands on: Express's response, or Fastify's reply. */
export type NestResponse = NodeResponse | FastifyReply

/** A request of Nest's, on whichever platform, and the way to answer it. */
interface Exchange {
  readonly request: FetchRequest
  answer(answer: Answer): Promise<void>
}

const FIX =
  'a body parser has read the body: create the app with NestFactory.create(AppModule, { rawBody: true }), and where text/plain ' +
  "is sent to Fastify, also app.useBodyParser('text/plain')"

export function exchangeOf(request: NestRequest, response: NestResponse): Exchange {
  if ('raw' in request && 'code' in response) {
    return {
      request: fromFastifyRequest(request, FIX),
      answer: (answer) => sendAnswer(request, response, answer),
    }
  }
  const message = request as NodeRequest
  return {
    request: fromNodeRequest(message, FIX),
    answer: async (answer) => writeAnswer(message, response as NodeResponse, answer),
  }
}
