// The receiver of the soak and of the load: a memory store, and answers about itself.
import { createServer } from 'node:http'
import { createVerifier, defineProvider } from '../../packages/core/dist/index.js'
import { createReceiver, memoryStore } from '../../packages/http/dist/index.js'
import { toNode } from '../../packages/http/dist/node.js'
import { listen } from './child.mjs'
import { PROVIDER, SECRET } from './vendor.mjs'

const [maxEntries, requestTimeoutMs] = process.argv.slice(2).map(Number)
const counts = {}
const faults = []
process.on('unhandledRejection', (reason) => faults.push(`unhandled rejection: ${reason}`))
process.on('uncaughtException', (error) => faults.push(`uncaught: ${error.stack}`))

const store = memoryStore({ maxEntries })
const receiver = createReceiver(createVerifier(defineProvider(PROVIDER), { keys: SECRET }), {
  idempotency: store,
  async handle({ fails }, { attempt }) {
    if (fails && attempt === 1) throw new Error('as the sender wished')
  },
  observe({ handling, reason, error }) {
    const what = handling ?? reason ?? error
    counts[what] = (counts[what] ?? 0) + 1
  },
  onError() {},
})
const server = createServer(
  { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs, connectionsCheckingInterval: 500 },
  toNode(receiver),
)
process.on('message', () => {
  globalThis.gc()
  globalThis.gc()
  server.getConnections((_, sockets) => {
    process.send({ heapBytes: process.memoryUsage().heapUsed, entries: store.size, sockets, counts, faults })
  })
})
listen(server)
