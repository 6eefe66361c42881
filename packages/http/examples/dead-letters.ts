// A delivery that fails again and again is put aside after five attempts, so that it does not cost the endpoint: vendors
// switch off an endpoint that keeps failing.
import { appendFile } from 'node:fs/promises'
import { autify } from '@countersign/autify'
import { autifyEvents } from '@countersign/autify/events'
import { createVerifier } from '@countersign/core'
import { createReceiver } from '@countersign/http'
import { fileStore } from '@countersign/http/node'

const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET, schema: autifyEvents })

export const POST = createReceiver(verifier, {
  // In files: what was handled is known after a restart, and attempts that took the process with them are counted.
  idempotency: fileStore(process.env.IDEMPOTENCY_FOLDER ?? 'idempotency'),
  maxAttempts: 5,
  async onDeadLetter(verdict, error) {
    const line = JSON.stringify({ at: new Date().toISOString(), error: String(error), body: verdict.text() })
    await appendFile(process.env.DEAD_LETTERS ?? 'dead-letters.jsonl', `${line}\n`)
  },
  async handle(event) {
    if (event.status === 'passed') console.info('passed', event.id)
    else throw new Error(`nobody knows what to do about a test that ${event.status}`)
  },
})
