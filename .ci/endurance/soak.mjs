// Many deliveries through node:http: the memory must not grow with them, and the store must stay within its bound.
import { startChild } from './child.mjs'
import { createSender, signedHeaders } from './vendor.mjs'

const DELIVERIES = 200_000
const MAX_ENTRIES = 10_000
const CONNECTIONS = 32
const GROWTH_ALLOWED = 0.1

const child = await startChild('soak-receiver.mjs', [String(MAX_ENTRIES), '300000'], ['--expose-gc'])
const sender = createSender(child.port, CONNECTIONS)
const wrong = []
let next = 0

await sendUntil(DELIVERIES / 10)
const early = await child.ask('how are you')
await sendUntil(DELIVERIES)
const late = await child.ask('how are you')
sender.close()
await child.kill()

const growth = late.heapBytes / early.heapBytes - 1
if (!(growth <= GROWTH_ALLOWED)) wrong.push('the heap has grown')
if (!(late.entries > 0 && late.entries <= MAX_ENTRIES)) wrong.push('the store is over its bound, or empty')
wrong.push(...late.faults)
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1)
console.log(
  `soak: ${DELIVERIES} deliveries (${inWords(late.counts)}); heap ${mib(early.heapBytes)} MiB after the first tenth, ` +
    `${mib(late.heapBytes)} MiB at the end (${(growth * 100).toFixed(1)} %); ${late.entries} entries in the store`,
)
for (const line of wrong.slice(0, 10)) console.log(`soak: ${line}`)
process.exitCode = wrong.length === 0 ? 0 : 1

async function sendUntil(count) {
  const workers = Array.from({ length: CONNECTIONS }, async () => {
    while (next < count) await deliver(next++)
  })
  await Promise.all(workers)
}

/** Most are good. One in twenty is forged, one comes twice at once, and one fails the first time. */
async function deliver(number) {
  const kind = ['forged', 'twice', 'failing'][number % 20] ?? 'good'
  const id = `evt_${number}`
  const body = JSON.stringify({ id, fails: kind === 'failing', text: 'x'.repeat(200) })
  const post = () => sender.post(signedHeaders(id, body, kind === 'forged' ? 'not-the-secret-at-all' : undefined), body)
  const statuses = kind === 'twice' ? await Promise.all([post(), post()]) : [await post()]
  const expected = { forged: 401, failing: 500 }[kind] ?? 200
  if (kind === 'failing') expectStatus(id, await post(), 200)
  for (const status of statuses) expectStatus(id, status, expected)
}

function expectStatus(id, status, expected) {
  if (status !== expected) wrong.push(`${id} was answered ${status}, not ${expected}`)
}

function inWords(counts) {
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')
}
