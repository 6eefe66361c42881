// One endpoint for many tenants, each with keys of its own. The tenant comes from the address: the body is not
// authenticated before its keys are known.
import { autify } from '@countersign/autify'
import { createVerifier, keyring } from '@countersign/core'
import { createReceiver, memoryStore } from '@countersign/http'

// A map stands in for your database here.
const rings = new Map([
  ['acme', keyring([{ id: '2026-01', secret: process.env.ACME_AUTIFY_SECRET ?? '' }])],
  ['globex', keyring([{ id: '2026-01', secret: process.env.GLOBEX_AUTIFY_SECRET ?? '' }])],
])

const verifier = createVerifier(autify(), { keys: async ({ tenant }) => rings.get(tenant ?? '') })

export const POST = createReceiver(verifier, {
  idempotency: memoryStore(),
  // /webhooks/autify/acme
  tenant: ({ url }) => new URL(url).pathname.split('/')[3],
  handle(event, { tenant }) {
    console.info(`for ${tenant}:`, event)
  },
})
