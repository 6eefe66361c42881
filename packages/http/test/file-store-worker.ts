// A process that works with a file store until all keys are done; file-store-processes.test.ts bundles and starts it.
// What it was told it appends to a log, a line at a time, which the system keeps apart from the lines of others.
import { appendFileSync } from 'node:fs'
import { fileStore } from '../src/file-store.js'

const [directory = '', log = '', keys = '', leaseMs = '', failures = ''] = process.argv.slice(2)
const store = fileStore(directory)
const HOUR_MS = 3_600_000
const PAUSE_MS = 15

async function work(): Promise<void> {
  const open = Array.from({ length: Number(keys) }, (_, index) => `key-${index}`)
  while (open.length > 0) {
    const index = Math.floor(Math.random() * open.length)
    const key = open[index] as string
    const claim = await store.claim(key, Number(leaseMs))
    if (claim.state === 'done') open.splice(index, 1)
    if (claim.state === 'claimed') await handle(key, claim.token, claim.attempt ?? 0)
  }
}

async function handle(key: string, token: string, attempt: number): Promise<void> {
  appendFileSync(log, `claimed ${key} ${attempt}\n`)
  if (Math.random() < 0.3) await store.extend(key, token, Number(leaseMs))
  // Long enough for a brief lease to run out.
  if (Math.random() < 0.2) await new Promise((resume) => setTimeout(resume, PAUSE_MS))
  if (Math.random() < Number(failures)) await store.release(key, token)
  else if (await store.complete(key, token, HOUR_MS)) appendFileSync(log, `completed ${key} ${attempt}\n`)
}

process.once('message', () => {
  void work().then(() => process.disconnect())
})
process.send?.('ready')
