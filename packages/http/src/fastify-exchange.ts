import type { FetchRequest } from '@countersign/core'
import type { Answer } from './answer.js'
import { headersOf } from './node-answer.js'
import { fromNodeRequest, type KeptRequest, type NodeRequest } from './node-request.js'

/** Fastify's request, as far as it is used. */
export interface FastifyRequest extends KeptRequest {
  /** Node's request. */
  readonly raw: NodeRequest
}

/** Fastify's reply, as far as it is used. */
export interface FastifyReply {
  /** Sets the status. */
  code(status: number): FastifyReply
  /** Sets headers. */
  headers(headers: Record<string, string>): FastifyReply
  /** Sends the answer, which has no body. */
  send(): unknown
}

export function fromFastifyRequest(request: FastifyRequest, fix: string): FetchRequest {
  return fromNodeRequest(request.raw, fix, request)
}

/** Resolves once the answer is on its way, through the `onSend` hooks: a reply is a thenable for that. */
export async function sendAnswer({ raw }: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<void> {
  await reply.code(answer.status).headers(headersOf(raw, answer)).send()
}
