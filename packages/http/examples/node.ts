// Node, without a framework.
import { createServer } from 'node:http'
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toNode } from '@countersign/http/node'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

export const server = createServer(toNode(receiver)).listen(process.env.PORT ?? 3000)
