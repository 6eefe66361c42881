// AWS Lambda: API Gateway (REST and HTTP APIs), a function URL, or a load balancer. Take a store that the instances share.
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toLambda } from '@countersign/http/lambda'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

export const handler = toLambda(receiver)
