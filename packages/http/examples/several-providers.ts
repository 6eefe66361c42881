// One endpoint for several providers: the path says which verifier a request goes to.
import { autify } from '@countersign/autify'
import { createVerifier } from '@countersign/core'
import { createReceiver, memoryStore } from '@countersign/http'
import { insider } from '@countersign/insider'

const verifiers = new Map([
  ['/webhooks/autify', createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })],
  ['/webhooks/insider', createVerifier(insider(), { keys: process.env.INSIDER_SECRET })],
])

export const POST = createReceiver(({ url }) => verifiers.get(new URL(url).pathname), {
  idempotency: memoryStore(),
  handle(event, { verdict }) {
    console.info(`${verdict.provider} says`, event)
  },
})
