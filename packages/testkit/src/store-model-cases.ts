import type { IdempotencyStore } from '@countersign/core'
import { fail } from './expect.js'
import { claimText, expectClaimed, expectDone, expectInProgress } from './store-expect.js'
import { type ExpectedClaim, type StoreModel, storeModel } from './store-model.js'
import { oneOf, type Random, randomFrom } from './store-random.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

const SEEDS = [1, 2, 3]
const STEPS = 150
const MINUTE_MS = 60_000

/**
 * Random calls, one after the other, compared with a model. The clock is stepped by whole minutes, and what ends does so
 * at half ones, so that no comparison hangs on a millisecond. Without a clock to step, nothing ends.
 */
export const modelCases: readonly StoreCase[] = SEEDS.map((seed) =>
  storeCase(`model: ${STEPS} random calls are answered as by the model, seed ${seed}`, async (session) => {
    const walk = newWalk(session, randomFrom(seed))
    for (let step = 1; step <= STEPS; step++) {
      try {
        await takeStep(walk)
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        throw new Error(`seed ${seed}, step ${step}: ${problem}\n${walk.log.join('\n')}`, { cause: error })
      }
    }
  }),
)

interface Walk {
  readonly session: Session
  readonly random: Random
  readonly model: StoreModel
  readonly keys: readonly [string, ...string[]]
  /** Of all claims, in their order, with their keys. */
  readonly granted: { key: string; token: string }[]
  /** What was called and what came of it, a line for each. */
  readonly log: string[]
}

function newWalk(session: Session, random: Random): Walk {
  const keys = [session.key(), session.key(), session.key()] as const
  return { session, random, model: storeModel(), keys: [...keys], granted: [], log: [] }
}

async function takeStep(walk: Walk): Promise<void> {
  const { random, session } = walk
  const kind = oneOf(random, ['claim', 'claim', 'claim', 'extend', 'complete', 'release', 'advance'])
  const client = oneOf(random, ['store', 'other'])
  const key = oneOf(random, walk.keys)
  if (kind === 'advance') return advance(walk)
  if (kind === 'claim') return claim(walk, session[client], key)
  return callWithToken(walk, session[client], key, kind)
}

async function advance({ session, random, model, log }: Walk): Promise<void> {
  if (session.subject.advance === undefined) return
  const ms = (1 + random(4)) * MINUTE_MS
  log.push(`the clock advances by ${ms} ms`)
  await session.subject.advance(ms)
  model.advance(ms)
}

async function claim({ model, random, keys, granted, log }: Walk, client: IdempotencyStore, key: string) {
  const leaseMs = duration(random)
  const line = log.push(`claim ${nameOf(keys, key)} for ${leaseMs} ms`) - 1
  const expected = model.claim(key)
  const pending = client.claim(key, leaseMs)
  const token = await expectClaim(pending, expected)
  log[line] += `: ${claimText(await pending)}`
  if (token === undefined) return
  model.claimed(key, token, leaseMs)
  granted.push({ key, token })
}

async function expectClaim(pending: ReturnType<IdempotencyStore['claim']>, expected: ExpectedClaim) {
  if (expected.state === 'claimed') return (await expectClaimed(pending, expected.attempt)).token
  if (expected.state === 'done') await expectDone(pending)
  else await expectInProgress(pending, expected.atMostMs)
  return undefined
}

async function callWithToken(
  { model, random, keys, granted, log }: Walk,
  client: IdempotencyStore,
  key: string,
  kind: 'extend' | 'complete' | 'release',
): Promise<void> {
  const [token, whose] = chooseToken(random, granted, key)
  // Whether a second completion is told true, and then keeps anew, is the store's choice.
  if (kind === 'complete' && model.claim(key).state === 'done') return
  const ms = duration(random)
  const expected = model.answer(key, token)
  const line = log.push(`${kind} ${nameOf(keys, key)} with ${whose}${kind === 'release' ? '' : ` for ${ms} ms`}`) - 1
  const answer = await (kind === 'release' ? client.release(key, token) : client[kind](key, token, ms))
  log[line] += `: ${answer}`
  if (expected !== 'open' && answer !== expected) fail(`${kind} to resolve to ${expected}`, String(answer))
  if (!answer) return
  if (kind === 'extend') model.extended(key, ms)
  else if (kind === 'complete') model.completed(key, ms)
  else model.released(key)
}

/** Mostly the last one of the key, else an older one, another key's or none. */
function chooseToken(random: Random, granted: Walk['granted'], key: string): [token: string, whose: string] {
  const own = granted.filter((one) => one.key === key)
  const last = own.at(-1)
  if (last !== undefined && random(3) > 0) return [last.token, 'its last token']
  const any = granted[random(granted.length + 1)]
  return any === undefined ? ['garbage', 'garbage'] : [any.token, `the token of claim ${granted.indexOf(any) + 1}`]
}

function duration(random: Random): number {
  return (random(6) + 0.5) * MINUTE_MS
}

function nameOf(keys: readonly string[], key: string): string {
  return `key ${keys.indexOf(key) + 1}`
}
