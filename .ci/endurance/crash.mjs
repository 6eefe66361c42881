// Kills a receiver again and again, at random moments, while deliveries flow; restarts it and retries what was not
// answered, as a vendor does. Each event must be handled at least once, and never after it was answered 200.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from './child.mjs'
import { createSender, signedHeaders } from './vendor.mjs'

const KILLS = 200
/** At the same time, by receivers and stores of their own. */
const LANES = 2
const CONNECTIONS = 8
/** Short, so that a retry does not wait for long. */
const LEASE_MS = 250
const LONGEST_LIFE_MS = 250

/** Plays one lane, and gives what it counted. */
async function crashLane(kills) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-crash-'))
  const effects = join(folder, 'effects')
  const lane = { unanswered: [], answered: [], begun: 0, effects }
  try {
    for (let kill = 0; kill < kills; kill += 1) await oneLife(folder, lane, true)
    // At last nobody is killed any more, until all is answered.
    while (lane.unanswered.length > 0) await oneLife(folder, lane, false)
    return judge(readFileSync(effects, 'utf8'), lane.answered)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts a receiver, sends until it is killed, or until all that was left unanswered is answered. */
async function oneLife(folder, lane, isKilled) {
  const child = await startChild('crash-receiver.mjs', [join(folder, 'store'), lane.effects, String(LEASE_MS)])
  const sender = createSender(child.port, CONNECTIONS)
  let isAlive = true
  const left = lane.unanswered.splice(0)
  const workers = Array.from({ length: CONNECTIONS }, async () => {
    while (isAlive) {
      const id = nextEvent(left, lane, isKilled)
      if (id === undefined) return
      await deliver(sender, lane, id)
    }
  })
  if (isKilled) await sleep(Math.random() * LONGEST_LIFE_MS)
  else await Promise.all(workers)
  isAlive = false
  await child.kill()
  await Promise.all(workers)
  sender.close()
  lane.unanswered.push(...left)
}

/** What was left unanswered first; then, while there are kills to come, new events, and now and then an answered one. */
function nextEvent(left, lane, isKilled) {
  const retried = left.shift()
  if (retried !== undefined || !isKilled) return retried
  if (lane.answered.length > 0 && Math.random() < 0.2) {
    return lane.answered[Math.floor(Math.random() * lane.answered.length)]
  }
  lane.begun += 1
  return `evt_${lane.begun}`
}

async function deliver(sender, lane, id) {
  const body = JSON.stringify({ id })
  const status = await sender.post(signedHeaders(id, body), body)
  if (status === 200) {
    // Into the same file as the handler's words, so that their order is known.
    appendFileSync(lane.effects, `answered ${id}\n`)
    lane.answered.push(id)
  } else if (!lane.answered.includes(id)) lane.unanswered.push(id)
}

/** Reads what happened, in order. */
function judge(text, answered) {
  const lines = text.trimEnd().split('\n')
  const handled = new Set()
  const done = new Set()
  const begun = new Set()
  const seen = { interrupted: 0, again: 0, events: new Set(answered).size, twice: [], never: [] }
  for (const line of lines) {
    const [what, id] = line.split(' ')
    if (what === 'begin' && done.has(id)) seen.twice.push(id)
    if (what === 'begin' && begun.has(id)) seen.interrupted += 1
    if (what === 'begin' && handled.has(id)) seen.again += 1
    if (what === 'begin') begun.add(id)
    if (what === 'end') handled.add(id)
    if (what === 'answered') done.add(id)
  }
  seen.never = answered.filter((id) => !handled.has(id))
  return seen
}

const lanes = await Promise.all(Array.from({ length: LANES }, () => crashLane(KILLS / LANES)))
const sum = (of) => lanes.reduce((total, lane) => total + of(lane), 0)
const wrong = sum(({ twice, never }) => twice.length + never.length)
console.log(
  `crash: ${KILLS} kills, ${sum(({ events }) => events)} events; ${sum(({ interrupted }) => interrupted)} were killed between claim ` +
    `and completion and handled later (${sum(({ again }) => again)} of them had ended, unrecorded); ` +
    `never handled: ${sum(({ never }) => never.length)}, handled after a 200: ${sum(({ twice }) => twice.length)}`,
)
// A test that interrupts nothing shows nothing.
process.exitCode = wrong === 0 && sum(({ interrupted }) => interrupted) >= KILLS / 2 ? 0 : 1
