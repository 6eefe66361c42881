import { createServer } from 'node:http'
import bodyParser from '@koa/bodyparser'
import Koa, { type Middleware } from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import { toKoa } from '../../src/koa.js'
import { deliver, plainReceiver, signed } from './delivered.js'
import { listening } from './listening.js'
import { describeSkin } from './skin.js'

const close: (() => Promise<void>)[] = []
afterEach(() => Promise.all(close.splice(0).map((end) => end())))

function serverOf(...middlewares: readonly Middleware[]) {
  const app = new Koa()
  // Else it prints each upload that breaks off.
  app.silent = true
  for (const middleware of middlewares) app.use(middleware)
  return listening(createServer(app.callback()))
}

async function serve(...middlewares: readonly Middleware[]) {
  const server = await serverOf(...middlewares)
  close.push(server.close)
  return server
}

describeSkin('koa', {
  serve: (receiver) => serverOf(toKoa(receiver)),
  serveParsed: (receiver) => serverOf(bodyParser(), toKoa(receiver)),
  fix: 'app.use(bodyParser())',
})

describe('koa', () => {
  it('answers through the middleware around it, which sees the status and may add headers', async () => {
    const seen: number[] = []
    const { receiver } = plainReceiver()
    const { url } = await serve(async (ctx, next) => {
      ctx.type = 'application/json'
      ctx.body = { unfinished: true }
      await next()
      seen.push(ctx.status)
      ctx.set('x-request-id', '1')
    }, toKoa(receiver))
    for (const [headers, status] of [
      [signed(), 200],
      [{}, 401],
    ] as const) {
      const answer = await deliver(url, { headers })
      expect(answer).toMatchObject({ status, text: '' })
      expect(answer.headers).toMatchObject({ 'x-request-id': '1', 'content-length': '0' })
      expect(answer.headers).not.toHaveProperty('content-type')
    }
    expect(seen).toEqual([200, 401])
  })

  it('verifies behind a body parser that is disabled, as its error says', async () => {
    const { receiver } = plainReceiver()
    const disable: Middleware = (ctx, next) => {
      ctx.disableBodyParser = true
      return next()
    }
    const { url } = await serve(disable, bodyParser(), toKoa(receiver))
    expect(await deliver(url)).toMatchObject({ status: 200 })
  })

  it('tells the whole path where a middleware has taken something off it', async () => {
    const urls: string[] = []
    const { receiver } = plainReceiver({ tenant: ({ url }) => String(urls.push(url)) })
    const mount: Middleware = (ctx, next) => {
      ctx.path = '/'
      return next()
    }
    const { url } = await serve(mount, toKoa(receiver))
    await deliver(`${url}?tenant=acme`)
    expect(urls).toEqual([`${url}?tenant=acme`])
  })
})
