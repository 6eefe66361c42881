// The receiver that is killed: a file-backed store, and a handler that writes down when it begins and ends.
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createVerifier, defineProvider } from '../../packages/core/dist/index.js'
import { createReceiver } from '../../packages/http/dist/index.js'
import { fileStore, toNode } from '../../packages/http/dist/node.js'
import { listen } from './child.mjs'
import { PROVIDER, SECRET } from './vendor.mjs'

const [store, effects, leaseMs] = process.argv.slice(2)
const verifier = createVerifier(defineProvider(PROVIDER), { keys: SECRET })
const receiver = createReceiver(verifier, {
  idempotency: fileStore(store),
  leaseMs: Number(leaseMs),
  async handle(_event, { verdict }) {
    appendFileSync(effects, `begin ${verdict.deliveryId}\n`)
    await new Promise((resume) => setTimeout(resume, Math.random() * 20))
    appendFileSync(effects, `end ${verdict.deliveryId}\n`)
  },
})
listen(createServer(toNode(receiver)))
