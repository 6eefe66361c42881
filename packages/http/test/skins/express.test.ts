import { createServer } from 'node:http'
import express, { type RequestHandler } from 'express'
import express4 from 'express4'
import { afterEach, describe, expect, it } from 'vitest'
import { toExpress } from '../../src/express.js'
import { BODY, deliver, plainReceiver, signed } from './delivered.js'
import { listening } from './listening.js'
import { describeSkin } from './skin.js'

for (const [name, framework] of [
  ['express 4', express4],
  ['express 5', express],
] as const) {
  const close: (() => Promise<void>)[] = []
  afterEach(() => Promise.all(close.splice(0).map((end) => end())))

  async function serve(...handlers: readonly RequestHandler[]) {
    const app = framework()
    for (const handler of handlers) app.use(handler)
    const server = await listening(createServer(app))
    close.push(server.close)
    return server
  }

  describeSkin(name, {
    serve: (receiver) => listening(createServer(framework().all('/webhooks', toExpress(receiver)))),
    serveParsed: (receiver) =>
      listening(createServer(framework().use(framework.json()).all('/webhooks', toExpress(receiver)))),
    fix: 'express.raw({ type: () => true })',
  })

  describe(name, () => {
    it('tells the whole path where a router is mounted', async () => {
      const urls: string[] = []
      const { receiver } = plainReceiver({ tenant: ({ url }) => String(urls.push(url)) })
      const inner = framework.Router().all('/acme', toExpress(receiver))
      const { url } = await serve(framework.Router().use('/webhooks', inner))
      expect(await deliver(`${url}/acme?tenant=a%20b`)).toMatchObject({ status: 200 })
      expect(urls).toEqual([`${url}/acme?tenant=a%20b`])
    })

    it('leaves the parsers of other routes alone', async () => {
      const { receiver } = plainReceiver()
      const { url } = await serve(
        framework.Router().all('/webhooks', toExpress(receiver)),
        framework.json(),
        (request, response) => response.json(request.body),
      )
      expect(await deliver(url)).toMatchObject({ status: 200, text: '' })
      expect(await deliver(`${url}/other`)).toMatchObject({ text: JSON.stringify(JSON.parse(BODY)) })
    })

    it('verifies the bytes that express.raw() kept, as its error says', async () => {
      const { receiver, handle } = plainReceiver()
      const { url } = await serve(framework.raw({ type: () => true }), framework.json(), toExpress(receiver))
      expect(await deliver(url)).toMatchObject({ status: 200 })
      expect(handle.mock.lastCall?.[1].verdict.text()).toBe(BODY)
    })

    it('verifies the bytes that a `verify` of express.json() kept', async () => {
      const { receiver } = plainReceiver()
      const verify = (request: object, _: object, rawBody: Buffer) => {
        Object.assign(request, { rawBody })
      }
      const { url } = await serve(framework.json({ verify }), toExpress(receiver))
      expect(await deliver(url)).toMatchObject({ status: 200 })
      expect(await deliver(url, { body: BODY.trim(), headers: signed() })).toMatchObject({ status: 401 })
    })

    it('takes an empty body for one, whatever a parser makes of it', async () => {
      const { receiver, onError } = plainReceiver({ payload: 'any' })
      const { url } = await serve(framework.json(), toExpress(receiver))
      expect(await deliver(url, { body: '', headers: signed('') })).toMatchObject({ status: 200 })
      const chunked = new Blob([]).stream()
      expect(await deliver(url, { body: chunked, headers: signed('') })).toMatchObject({ status: 200 })
      expect(onError).not.toHaveBeenCalled()
    })
  })
}
