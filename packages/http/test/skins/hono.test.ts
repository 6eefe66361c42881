import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono, type HonoRequest, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { validator } from 'hono/validator'
import { afterEach, describe, expect, it } from 'vitest'
import { toHono } from '../../src/hono.js'
import type { Receiver } from '../../src/index.js'
import { receiverWith } from '../receiver-under-test.js'
import { BODY, deliver, plainReceiver, plainVerifier, signed } from './delivered.js'
import { listening } from './listening.js'
import { describeSkin } from './skin.js'

const close: (() => Promise<void>)[] = []
afterEach(() => Promise.all(close.splice(0).map((end) => end())))

const appOf = (receiver: Receiver, ...middlewares: readonly MiddlewareHandler[]) => {
  const app = new Hono()
  for (const middleware of middlewares) app.use(middleware)
  return app.all('/webhooks', toHono(receiver))
}

const served = (receiver: Receiver, ...middlewares: readonly MiddlewareHandler[]) =>
  listening(createServer(getRequestListener(appOf(receiver, ...middlewares).fetch)))

/** A middleware that does something with the request before the receiver gets it. */
const before =
  (read: (request: HonoRequest) => unknown): MiddlewareHandler =>
  async ({ req }, next) => {
    await read(req)
    await next()
  }

describeSkin('hono', {
  serve: (receiver) => served(receiver),
  serveParsed: (receiver) =>
    served(
      receiver,
      before((req) => req.json()),
    ),
  fix: 'c.req.json()',
})

describe('hono', () => {
  const post = { method: 'POST', headers: signed(), body: BODY }

  it('answers app.request() as tests use it', async () => {
    const { receiver, handle } = plainReceiver()
    const app = appOf(receiver)
    expect(await app.request('/webhooks', post)).toMatchObject({ status: 200 })
    expect(handle.mock.lastCall?.[1].verdict.text()).toBe(BODY)
    expect(await app.request('/webhooks')).toMatchObject({ status: 405 })
  })

  it.each([
    ['c.req.text()', before((req) => req.text())],
    ['c.req.arrayBuffer()', before((req) => req.arrayBuffer())],
    ['c.req.raw', before((req) => req.raw.text())],
    ['a reader', before((req) => req.raw.body?.getReader())],
    ['validator()', validator('json', () => ({}))],
  ] satisfies [string, MiddlewareHandler][])('names the mend where %s was there first', async (_, middleware) => {
    for (const onNode of [false, true]) {
      const { receiver, handle, onError } = plainReceiver()
      const app = appOf(receiver, middleware)
      const server = onNode ? await listening(createServer(getRequestListener(app.fetch))) : undefined
      if (server) close.push(server.close)
      expect(server ? await deliver(server.url) : await app.request('/webhooks', post)).toMatchObject({ status: 503 })
      expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'body-already-read' })
      expect(String(onError.mock.lastCall?.[0])).toContain('mount the receiver before app.use()')
      expect(handle).not.toHaveBeenCalled()
    }
  })

  it('works behind bodyLimit(), whether or not the length is told', async () => {
    const { receiver, handle } = plainReceiver()
    const { url, close: end } = await served(receiver, bodyLimit({ maxSize: 1000 }))
    close.push(end)
    expect(await deliver(url)).toMatchObject({ status: 200 })
    expect(await deliver(url, { body: new Blob([BODY]).stream() })).toMatchObject({ status: 200 })
    expect(await deliver(url, { body: 'x'.repeat(1001) })).toMatchObject({ status: 413 })
    expect(handle).toHaveBeenCalledTimes(1)
  })

  it('answers 413 on a socket that is still uploading', async () => {
    const { receiver } = receiverWith({}, plainVerifier({ maxBodyBytes: 10 }))
    const { url, close: end } = await served(receiver)
    close.push(end)
    expect(await deliver(url, { body: 'x'.repeat(1_000_000) })).toMatchObject({ status: 413, text: '' })
  })
})
