import type { CalledEndpoint } from '@countersign/testkit/integration'
import { describeSkin } from './skin.js'

/** Hands requests to a handler as platforms do. */
function called(handler: (request: Request) => Promise<Response>): CalledEndpoint {
  return {
    send: async ({ method, path, headers, body }) => {
      const sent = new Headers()
      for (const [name, text] of headers) sent.append(name, text)
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const init = { method, headers: sent, ...(hasBody && { body: streamOf(body), duplex: 'half' as const }) }
      const response = await handler(new Request(`https://receiver.example${path}`, init))
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  }
}

/** In pieces that heed no character. */
function streamOf(body: Uint8Array): ReadableStream<Uint8Array> {
  const size = body.length > 1000 ? 16_381 : 3
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at < body.length) controller.enqueue(body.slice(at, at + size))
      else controller.close()
      at += size
    },
  })
}

describeSkin('fetch', {
  endpoint: 'called',
  serve: async (receiver) => called(receiver),
  serveParsed: async (receiver) =>
    called(async (request) => {
      await request.json()
      return receiver(request)
    }),
  fix: 'before anything else reads its body',
})
