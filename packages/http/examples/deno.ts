// Deno, with --allow-net and --allow-env.
import process from 'node:process'
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle(event) {
    console.info('handled once:', event)
  },
})

declare const Deno: { serve(options: { port: number }, handler: typeof receiver): unknown }

Deno.serve({ port: Number(process.env.PORT ?? 3000) }, receiver)
