import { type ClientHttp2Session, connect, createServer, type OutgoingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import Koa from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import { toFastify } from '../../src/fastify.js'
import type { Receiver } from '../../src/index.js'
import { toKoa } from '../../src/koa.js'
import { toNode } from '../../src/node.js'
import { receiverWith } from '../receiver-under-test.js'
import { BODY, plainVerifier, signed } from './delivered.js'

const servers = {
  'node:http2': async (receiver: Receiver) => createServer(toNode(receiver)),
  koa: async (receiver: Receiver) => createServer(new Koa().use(toKoa(receiver)).callback()),
  fastify: async (receiver: Receiver) => {
    const app = Fastify({ http2: true }).register(toFastify(receiver), { path: '/webhooks' })
    await app.ready()
    return app.server
  },
}

const close: (() => void)[] = []
const warnings: Error[] = []
const warn = (warning: Error) => warnings.push(warning)
afterEach(() => {
  for (const end of close.splice(0).reverse()) end()
  process.off('warning', warn)
})

async function sessionWith(receiver: Receiver, serve: (typeof servers)[keyof typeof servers]) {
  const server = await serve(receiver)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  close.push(
    () => server.close(),
    () => session.destroy(),
  )
  return session
}

/** Sends a body and gives what came back. Of one that is unfinished, once the server has ended the stream. */
async function send(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body: string, isUnfinished = false) {
  const stream = session.request({ ':method': 'POST', ':path': '/webhooks?a=1', ...headers })
  const ended = new Promise<void>((resolve) => stream.once(isUnfinished ? 'aborted' : 'end', resolve))
  const answered = new Promise<OutgoingHttpHeaders>((resolve, reject) => {
    stream.once('response', resolve)
    stream.once('error', reject)
  })
  if (isUnfinished) stream.write(body)
  else stream.end(body)
  stream.resume()
  const answer = await answered
  await ended
  // Else it waits for the rest of the body to be sent, which nobody takes any more.
  stream.destroy()
  return { ...answer, code: stream.rstCode }
}

describe.each(Object.entries(servers))('HTTP/2, %s', (_, serve) => {
  it('is answered, by the address that was asked for', async () => {
    const urls: string[] = []
    const { receiver, handle } = receiverWith({ tenant: ({ url }) => String(urls.push(url)) }, plainVerifier())
    const session = await sessionWith(receiver, serve)
    const authority = 'receiver.example:8443'
    expect(await send(session, { ...signed(), ':authority': authority }, BODY)).toMatchObject({ ':status': 200 })
    expect(handle.mock.lastCall?.[1].verdict.text()).toBe(BODY)
    expect(urls).toEqual([`http://${authority}/webhooks?a=1`])
    const { 'x-acme-signature': mac = '' } = signed()
    expect(await send(session, { 'x-acme-signature': [mac, 'f'.repeat(64)] }, BODY)).toMatchObject({ ':status': 401 })
  })

  it('ends the stream alone where an upload goes over the cap, without a header that it does not have', async () => {
    process.on('warning', warn)
    const { receiver } = receiverWith({}, plainVerifier({ maxBodyBytes: 100 }))
    const session = await sessionWith(receiver, serve)
    for (let count = 0; count < 5; count++) {
      const answer = await send(session, signed(), 'x'.repeat(50_000), true)
      expect(answer).toMatchObject({ ':status': 413, code: 0 })
      expect(answer).not.toHaveProperty('connection')
    }
    const put = { ...signed(), ':method': 'PUT' }
    expect(await send(session, put, 'x', true)).toMatchObject({ ':status': 405, code: 0 })
    expect(await send(session, signed(), BODY)).toMatchObject({ ':status': 200, code: 0 })
    expect(warnings).toEqual([])
  })
})
