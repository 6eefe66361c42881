import { type FastifyReply, type FastifyRequest, fromFastifyRequest, sendAnswer } from './fastify-exchange.js'
import type { Receiver } from './receiver.js'
import { requireReceiver } from './require-receiver.js'

export type { FastifyReply, FastifyRequest }

/** Fastify's instance, as far as it is used. */
export interface FastifyScope {
  /** Forgets the body parsers of this scope. */
  removeAllContentTypeParsers(): void
  /** Adds a body parser for a media type. */
  addContentTypeParser(
    type: string,
    parse: (request: FastifyRequest, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  /** What is done about an error in this scope. */
  setErrorHandler(
    handle: (error: { readonly code?: unknown }, request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ): unknown
  /** Serves a path, whatever the method. */
  all(path: string, handle: (request: FastifyRequest, reply: FastifyReply) => Promise<void>): unknown
}

const FIX =
  'a preParsing hook has read the body: register the receiver, app.register(toFastify(receiver), { path }), outside of ' +
  'the scope of that hook'

/**
 * A receiver as a plugin for Fastify: `app.register(toFastify(receiver), { path: '/webhooks/x' })`. The parsers of the rest
 * of the app stay as they are.
 */
export function toFastify(receiver: Receiver) {
  requireReceiver(receiver, 'toFastify')
  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await sendAnswer(request, reply, await receiver.answer(fromFastifyRequest(request, FIX)))
  }

  return async (app: FastifyScope, { path }: { readonly path: string }): Promise<void> => {
    app.removeAllContentTypeParsers()
    // Whatever the type, the body stays in the stream, where `bodyLimit` does not count: the verifier's own cap does.
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.setErrorHandler(async (error, request, reply) => {
      // For a type that is none, such as `json`, Fastify asks no parser. The receiver takes any.
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw error
      await handle(request, reply)
    })
    app.all(path, handle)
  }
}
