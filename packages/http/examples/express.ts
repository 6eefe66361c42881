// Express 4 and 5. The receiver stands before the body parser.
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toExpress } from '@countersign/http/express'
import express from 'express'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

const app = express()
app.all('/webhooks/autify', toExpress(receiver))
app.use(express.json())

export const server = app.listen(process.env.PORT ?? 3000)
