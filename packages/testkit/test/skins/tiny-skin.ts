import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CountersignError, type FetchRequest } from '@countersign/core'
import type { ListeningEndpoint, ReceiverSetup, SkinUnderTest } from '../../src/integration.js'
import { RECEIVER_STEPS, receive, type Steps, type TinyAnswer } from './tiny-receiver.js'
import { tinyStore } from './tiny-store.js'

/** The steps of the receiver, and those around it. */
export interface SkinSteps extends Steps {
  write(response: ServerResponse, answer: TinyAnswer, message: IncomingMessage): void
}

const FIX = 'mount it before the parser'

/** A receiver under `node:http`: a correct one, but for the steps that are given. */
export function tinySkin(defect: Partial<SkinSteps> = {}): SkinUnderTest {
  const steps: SkinSteps = { ...RECEIVER_STEPS, request: fetchRequestOf, take: fetchRequestOf, write, ...defect }
  return {
    start: (setup) => listen((message, response) => serve(setup, steps, message, response)),
    startParsed: (setup) =>
      listen(async (message, response) => {
        await message.toArray()
        await serve(setup, steps, message, response)
      }),
    fix: FIX,
    store: tinyStore,
  }
}

async function serve(setup: ReceiverSetup, steps: SkinSteps, message: IncomingMessage, response: ServerResponse) {
  const answer = await receive(setup, steps, message)
  setup.options.observe?.({ status: answer.status, outcome: 'unknown' })
  steps.write(response, answer, message)
}

export function write(response: ServerResponse, { status, headers }: TinyAnswer, message: IncomingMessage): void {
  const closing = message.complete ? {} : { connection: 'close' }
  response.writeHead(status, { ...headers, ...closing, 'content-length': 0 }).end()
}

export function fetchRequestOf(message: IncomingMessage): FetchRequest {
  return {
    method: message.method ?? '',
    url: `http://receiver.example${message.url}`,
    headers: { get: (name) => message.headersDistinct[name.toLowerCase()]?.join(', ') ?? null },
    bodyUsed: false,
    body: { locked: false, getReader: () => readerOf(message) },
    arrayBuffer: () => Promise.reject(new Error('read the stream')),
  }
}

function readerOf(message: IncomingMessage) {
  if (message.readableDidRead) throw new CountersignError('body-already-read', FIX)
  const chunks = message.iterator({ destroyOnReturn: false })
  return { read: () => chunks.next(), cancel: async () => chunks.return?.() }
}

async function listen(
  serve: (message: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<ListeningEndpoint> {
  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
