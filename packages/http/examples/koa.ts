// Koa. The receiver stands before the body parser; with a router, it is the handler of its route.
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toKoa } from '@countersign/http/koa'
import Koa from 'koa'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

const app = new Koa()
const webhook = toKoa(receiver)
app.use((ctx, next) => (ctx.path === '/webhooks/autify' ? webhook(ctx) : next()))

export const server = app.listen(process.env.PORT ?? 3000)
