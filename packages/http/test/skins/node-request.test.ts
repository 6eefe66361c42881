import { Readable } from 'node:stream'
import type { FetchRequest } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { toExpress } from '../../src/express.js'
import { toFastify } from '../../src/fastify.js'
import type { BodyReader } from '../../src/fetch-request.js'
import { toHono } from '../../src/hono.js'
import { toKoa } from '../../src/koa.js'
import { toLambda } from '../../src/lambda.js'
import { toNest } from '../../src/nest.js'
import { toNode } from '../../src/node.js'
import { fromNodeRequest, type NodeRequest } from '../../src/node-request.js'
import { BODY, plainReceiver, signed } from './delivered.js'

const FIX = 'do not parse it'

/** A message that is none of Node's server, as platforms and test tools make them. */
function messageOf(changes: object = {}): NodeRequest & Readable {
  const stream = Readable.from([Buffer.from(BODY)], { objectMode: false })
  return Object.assign(stream, { method: 'POST', url: '/webhooks', headers: signed(), ...changes })
}

async function read(request: FetchRequest): Promise<string> {
  const chunks: Uint8Array[] = []
  const reader = (request.body as { getReader(): BodyReader }).getReader()
  for (;;) {
    const read = await reader.read()
    if (read.done) return Buffer.concat(chunks).toString()
    chunks.push(read.value)
  }
}

async function consumed(changes: object = {}): Promise<NodeRequest> {
  const message = messageOf()
  for await (const _ of message);
  return Object.assign(message, changes)
}

describe('a request of Node', () => {
  it('keeps repeats apart that Node drops, whatever their case', () => {
    const headers = { authorization: 'one', host: 'receiver.example' }
    const rawHeaders = [
      'Authorization',
      'one',
      'Host',
      'receiver.example',
      'AUTHORIZATION',
      'two',
      'x-two',
      'authorization',
    ]
    const request = fromNodeRequest(messageOf({ headers, rawHeaders }), FIX)
    expect(request.headers.get('Authorization')).toBe('one, two')
    expect(request.headers.get('authorization')).toBe('one, two')
    expect(request.headers.get('two')).toBeNull()
  })

  it('takes the headers of imitations that fill in nothing but `headers`', () => {
    const headers = { one: 'a', several: ['b', 'c'], empty: '' }
    for (const rawHeaders of [undefined, []]) {
      const request = fromNodeRequest(messageOf({ headers, rawHeaders }), FIX)
      expect(['one', 'several', 'empty', 'none'].map((name) => request.headers.get(name))).toEqual([
        'a',
        'b, c',
        '',
        null,
      ])
    }
  })

  it.each([
    [{ url: '/a?b=c' }, 'http://localhost/a?b=c'],
    [
      { url: '/a', headers: { host: 'receiver.example:81' }, socket: { encrypted: true } },
      'https://receiver.example:81/a',
    ],
    [{ url: '/', originalUrl: '/mounted/', headers: { host: 'receiver.example' } }, 'http://receiver.example/mounted/'],
    [{ url: 'http://other.example/a', headers: { host: 'receiver.example' } }, 'http://other.example/a'],
    [{ url: '/a', socket: null }, 'http://localhost/a'],
  ])('has an address: %j', (changes, url) => {
    expect(fromNodeRequest(messageOf(changes), FIX).url).toBe(url)
  })

  it('is read from the bytes that were kept, else from the stream', async () => {
    const bytes = Buffer.from('kept')
    expect(await read(fromNodeRequest(messageOf(), FIX))).toBe(BODY)
    expect(await read(fromNodeRequest(messageOf({ rawBody: bytes }), FIX))).toBe('kept')
    expect(await read(fromNodeRequest(messageOf(), FIX, { rawBody: bytes }))).toBe('kept')
    expect(await read(fromNodeRequest(messageOf({ rawBody: 'text', body: { parsed: true } }), FIX))).toBe(BODY)
    expect(await read(fromNodeRequest(await consumed({ body: bytes }), FIX))).toBe('kept')
    expect(await read(fromNodeRequest(await consumed(), FIX, { body: bytes }))).toBe('kept')
  })

  it('names the mend where the bytes are gone', async () => {
    const alreadyRead = { code: 'body-already-read', message: expect.stringContaining(FIX) }
    for (const changes of [{}, { rawBody: BODY }, { body: BODY }, { body: {} }]) {
      const request = fromNodeRequest(await consumed(changes), FIX)
      await expect(read(request)).rejects.toMatchObject(alreadyRead)
    }
    const decoded = messageOf().setEncoding('utf8')
    await expect(read(fromNodeRequest(decoded, FIX))).rejects.toMatchObject({ code: 'body-not-bytes' })
  })

  it('does not ask for a body that is parsed when it is asked for, as on Vercel', async () => {
    const message = messageOf()
    Object.defineProperty(message, 'body', {
      get() {
        throw new Error('Invalid JSON')
      },
    })
    expect(await read(fromNodeRequest(message, FIX))).toBe(BODY)
  })

  it('leaves an answer alone that was begun before, such as by a timeout', async () => {
    const { receiver } = plainReceiver()
    const unused = () => {
      throw new Error('must not be called')
    }
    await toNode(receiver)(messageOf(), { headersSent: true, writeHead: unused, end: unused })
  })
})

describe('a skin', () => {
  it.each([toExpress, toFastify, toHono, toKoa, toLambda, toNest, toNode])('says what it takes: %o', (skin) => {
    for (const other of [undefined, {}, () => {}]) {
      expect(() => skin(other as never)).toThrow(`option-invalid: ${skin.name} takes what createReceiver made`)
    }
  })
})
