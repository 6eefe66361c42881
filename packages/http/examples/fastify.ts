// Fastify. The plugin has a body parser of its own; those of the app stay as they are.
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toFastify } from '@countersign/http/fastify'
import fastify from 'fastify'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

const app = fastify()
app.register(toFastify(receiver), { path: '/webhooks/autify' })
await app.listen({ port: Number(process.env.PORT ?? 3000) })

export const { server } = app
