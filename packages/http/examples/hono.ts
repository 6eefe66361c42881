// Hono, on any runtime.
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toHono } from '@countersign/http/hono'
import { Hono } from 'hono'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

const app = new Hono()
app.all('/webhooks/autify', toHono(receiver))

export default app
