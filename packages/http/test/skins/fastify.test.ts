import Fastify, { type FastifyInstance, type FastifyPluginAsync, type InjectOptions } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { toFastify } from '../../src/fastify.js'
import type { Receiver } from '../../src/index.js'
import { BODY, deliver, plainReceiver, signed } from './delivered.js'
import { describeSkin } from './skin.js'

const apps: FastifyInstance[] = []
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())))

function appOf(options = {}): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, ...options })
  apps.push(app)
  return app
}

async function listening(app: FastifyInstance) {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: `${origin}/webhooks`, close: () => app.close() }
}

/** Hands a new stream on, which is what such hooks do that decompress or log. */
const readFirst = (app: FastifyInstance) =>
  app.addHook('preParsing', async (_request, _reply, payload) => {
    const chunks = await payload.toArray()
    return (await import('node:stream')).Readable.from(chunks)
  })

const served = (receiver: Receiver, app = appOf()) =>
  listening(app.register(toFastify(receiver), { path: '/webhooks' }) as unknown as FastifyInstance)

describeSkin('fastify', {
  serve: (receiver) => served(receiver),
  serveParsed: (receiver) => served(receiver, readFirst(appOf())),
  fix: 'app.register(toFastify(receiver), { path })',
})

const post: InjectOptions = { method: 'POST', url: '/webhooks', headers: signed(), payload: BODY }

describe('fastify', () => {
  it('is a plugin, by its type too', async () => {
    const plugin: FastifyPluginAsync<{ path: string }> = toFastify(plainReceiver().receiver)
    const app = appOf()
    await app.register(plugin, { path: '/acme', prefix: '/webhooks' })
    expect(await app.inject({ ...post, url: '/webhooks/acme' })).toMatchObject({ statusCode: 200 })
  })

  it('answers injected requests', async () => {
    const { receiver, handle } = plainReceiver()
    const app = appOf()
    await app.register(toFastify(receiver), { path: '/webhooks' })
    expect(await app.inject(post)).toMatchObject({ statusCode: 200, body: '' })
    expect(handle.mock.lastCall?.[1].verdict.text()).toBe(BODY)
    expect(await app.inject({ ...post, payload: 'other' })).toMatchObject({ statusCode: 401, body: '' })
    const twice = { 'x-acme-signature': [signed()['x-acme-signature'], 'f'.repeat(64)] as string[] }
    expect(await app.inject({ ...post, headers: twice })).toMatchObject({ statusCode: 401 })
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const) {
      const answer = await app.inject({ method, url: '/webhooks' })
      expect(answer).toMatchObject({ statusCode: 405, headers: { allow: 'POST' }, body: '' })
    }
  })

  it('leaves the parsers and error handlers outside of its scope alone', async () => {
    const app = appOf()
    app.addContentTypeParser('application/x-acme', { parseAs: 'string' }, (_request, text, done) => done(null, text))
    app.setErrorHandler((_error, _request, reply) => reply.code(418).send('outside'))
    await app.register(toFastify(plainReceiver().receiver), { path: '/webhooks' })
    app.post('/other', async ({ body }) => ({ body }))
    const other = (type: string, payload: string) =>
      app.inject({ method: 'POST', url: '/other', headers: { 'content-type': type }, payload })
    expect((await other('application/json', '{"a":1}')).json()).toEqual({ body: { a: 1 } })
    expect((await other('application/x-acme', 'a')).json()).toEqual({ body: 'a' })
    expect((await other('text/plain', 'a')).json()).toEqual({ body: 'a' })
    expect(await other('application/other', 'a')).toMatchObject({ statusCode: 418 })
    expect(await other('nonsense', 'a')).toMatchObject({ statusCode: 418 })
  })

  it('hands errors of hooks on to the error handler outside', async () => {
    const app = appOf()
    app.setErrorHandler((_error, _request, reply) => reply.code(418).send('outside'))
    app.addHook('preHandler', async () => {
      throw new Error('not allowed')
    })
    await app.register(toFastify(plainReceiver().receiver), { path: '/webhooks' })
    expect(await app.inject(post)).toMatchObject({ statusCode: 418 })
  })

  it('does not count with the body limit of Fastify', async () => {
    const { receiver } = plainReceiver()
    const { url } = await served(receiver, appOf({ bodyLimit: 8 }))
    expect(await deliver(url)).toMatchObject({ status: 200 })
  })

  it('answers through the onSend hooks of the app', async () => {
    const app = appOf()
    app.addHook('onSend', async (_request, reply, payload) => {
      await new Promise((resume) => setTimeout(resume, 5))
      reply.header('x-request-id', '1')
      return payload
    })
    await app.register(toFastify(plainReceiver().receiver), { path: '/webhooks' })
    expect(await app.inject(post)).toMatchObject({ statusCode: 200, headers: { 'x-request-id': '1' } })
  })
})
