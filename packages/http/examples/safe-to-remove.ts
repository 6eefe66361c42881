// When is an old key safe to remove? When it was not needed for as long as the vendor retries.
import { autify } from '@countersign/autify'
import { createVerifier, keyring } from '@countersign/core'
import { createKeyUsage, createReceiver, memoryStore } from '@countersign/http'

const DAY_MS = 24 * 60 * 60 * 1000

const ring = keyring([
  { id: 'old', secret: process.env.AUTIFY_OLD_SECRET ?? '', retireFrom: Date.parse('2026-01-01') },
  { id: 'new', secret: process.env.AUTIFY_SECRET ?? '', activeFrom: Date.parse('2026-01-01') },
])
const usage = createKeyUsage()
const began = Date.now()

export const POST = createReceiver(createVerifier(autify(), { keys: ring }), {
  idempotency: memoryStore(),
  observe: usage.observe,
  handle(event) {
    console.info(event)
  },
})

/** For an operator's page: the keys that are on their way out, and whether anybody still needs them. */
export function keysOnTheirWayOut(now = Date.now()) {
  return ring
    .describe(now)
    .filter(({ state }) => state === 'retiring')
    .map(({ id }) => {
      const lastUsed = usage.lastUsed(id)
      return { id, lastUsed, isSafeToRemove: now - (lastUsed ?? began) > 3 * DAY_MS }
    })
}
