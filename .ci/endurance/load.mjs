// Good deliveries among slow, endless, aborted and oversized uploads, all at the same time. The good ones must all be
// answered, nothing may reject unseen, and when all have left no socket may be open.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from './child.mjs'
import { createSender, signedHeaders } from './vendor.mjs'

const GOOD = 5000
const ODD = 400
const REQUEST_TIMEOUT_MS = 10_000

const child = await startChild('soak-receiver.mjs', ['10000', String(REQUEST_TIMEOUT_MS)], ['--expose-gc'])
const sender = createSender(child.port, 16)
const good = sendGood()
const odd = Array.from({ length: ODD }, (_, index) => [slow, endless, aborted, oversized][index % 4](index))
const refused = await good
const statuses = (await Promise.all(odd)).map(String)
sender.close()
// Sockets that the clients closed are closed here a moment later.
let state = await child.ask('how are you')
for (let waited = 0; state.sockets > 0 && waited < 50; waited += 1) {
  await sleep(100)
  state = await child.ask('how are you')
}
await child.kill()

const count = (of) => statuses.filter((status) => status === of).length
const wrong = [...refused, ...state.faults]
if (state.sockets !== 0) wrong.push(`${state.sockets} sockets are still open`)
if (count('slow: 200') + count('slow: late') !== ODD / 4)
  wrong.push('not every slow upload that was in time was handled')
if (count('slow: 200') === 0) wrong.push('no slow upload was handled')
if (count('oversized: 413') !== ODD / 4) wrong.push('not every oversized upload was answered 413')
if (count('endless: 408') + count('endless: broken') !== ODD / 4) wrong.push('not every endless upload was cut off')
console.log(
  `load: ${GOOD} good deliveries beside ${ODD} slow, endless, aborted and oversized uploads: ${GOOD - refused.length} answered 200, ` +
    `${state.faults.length} unhandled rejections, ${state.sockets} sockets left (${summary()})`,
)
for (const line of wrong.slice(0, 10)) console.log(`load: ${line}`)
process.exitCode = wrong.length === 0 ? 0 : 1

function summary() {
  return [...new Set(statuses)].map((status) => `${status} ${count(status)}`).join(', ')
}

async function sendGood() {
  const wrongly = []
  let next = 0
  const workers = Array.from({ length: 16 }, async () => {
    while (next < GOOD) {
      const id = `good_${next++}`
      const body = JSON.stringify({ id })
      const status = await sender.post(signedHeaders(id, body), body)
      if (status !== 200) wrongly.push(`${id} was answered ${status}`)
    }
  })
  await Promise.all(workers)
  return wrongly
}

/** An upload that is written by hand; resolves to what became of it. */
function upload(name, headers, write) {
  return new Promise((settle) => {
    const outgoing = request({ host: '127.0.0.1', port: child.port, method: 'POST', path: '/', agent: false, headers })
    outgoing.on('response', (response) => {
      response.on('error', () => {})
      response.resume()
      settle(`${name}: ${response.statusCode}`)
      outgoing.on('close', () => {})
    })
    outgoing.on('error', () => settle(`${name}: broken`))
    write(outgoing).catch(() => {})
  })
}

/**
 * A signed delivery, some bytes at a time. On a machine that is held up, sending it may take as long as the receiver waits: then
 * it is late, and may be cut off.
 */
async function slow(number) {
  const id = `slow_${number}`
  const body = Buffer.from(JSON.stringify({ id, text: 'ä'.repeat(50) }))
  const headers = { ...signedHeaders(id, body), 'content-length': body.length }
  const began = performance.now()
  let tookMs = Number.POSITIVE_INFINITY
  const outcome = await upload('slow', headers, async (outgoing) => {
    for (let at = 0; at < body.length; at += 9) {
      outgoing.write(body.subarray(at, at + 9))
      await sleep(Math.random() * 60)
    }
    outgoing.end()
    tookMs = performance.now() - began
  })
  const isCutOff = outcome === 'slow: 408' || outcome === 'slow: broken'
  return isCutOff && Math.min(tookMs, performance.now() - began) >= REQUEST_TIMEOUT_MS ? 'slow: late' : outcome
}

/** Says that more will come, and sends none of it. */
function endless(number) {
  const headers = { ...signedHeaders(`endless_${number}`, '{}'), 'content-length': 1000 }
  return upload('endless', headers, async (outgoing) => {
    outgoing.write('{')
  })
}

/** Leaves in the middle. */
function aborted(number) {
  const headers = { ...signedHeaders(`aborted_${number}`, '{}'), 'content-length': 100_000 }
  return upload('aborted', headers, async (outgoing) => {
    outgoing.write(Buffer.alloc(50_000))
    await sleep(Math.random() * 200)
    outgoing.destroy(new Error('left'))
  })
}

/** More than the cap. */
function oversized(number) {
  const headers = { ...signedHeaders(`oversized_${number}`, '{}'), 'content-length': 8 * 2 ** 20 }
  return upload('oversized', headers, async (outgoing) => {
    outgoing.end(Buffer.alloc(8 * 2 ** 20))
  })
}
