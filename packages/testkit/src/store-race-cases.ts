import type { Claim, IdempotencyStore } from '@countersign/core'
import { expectThat } from './expect.js'
import { claimText, expectAnswer, expectClaimed, expectDone, expectInProgress } from './store-expect.js'
import { type Session, type StoreCase, storeCase } from './store-session.js'

const CLAIMS = 50
/** Claims beside the old owner's call, in each round. */
const TAKERS = 6
/** For each of both clients, and with the call in each place among the claims. */
const ROUNDS = 2 * (TAKERS + 1)

type Claimed = Extract<Claim, { state: 'claimed' }>

/** At the same time, from both clients where there are two. */
export const raceCases: readonly StoreCase[] = [
  storeCase(`race: of ${CLAIMS} claims of a new key, one gets it`, async (session) => {
    for (let round = 0; round < 3; round++) {
      const key = session.key()
      expectOne(await claimsAtOnce(session, key, CLAIMS), 'in-progress')
    }
  }),

  storeCase(`race: of ${CLAIMS} claims of a lease that has run out, one gets it`, async (session) => {
    const key = session.key()
    await expectClaimed(session.store.claim(key, session.brief), 1)
    await session.outlast()
    const { attempt } = expectOne(await claimsAtOnce(session, key, CLAIMS), 'in-progress')
    expectThat(attempt === undefined || attempt === 2, 'attempt 2', String(attempt))
  }),

  storeCase(`race: of ${CLAIMS} claims of a released key, one gets it`, async (session) => {
    const key = session.key()
    const { token } = await expectClaimed(session.store.claim(key, session.long), 1)
    await expectAnswer('release', session.store.release(key, token), true)
    expectOne(await claimsAtOnce(session, key, CLAIMS), 'in-progress')
  }),

  storeCase(`race: of ${CLAIMS} claims of a key that is forgotten, one gets it`, async (session) => {
    const key = session.key()
    const { token } = await expectClaimed(session.store.claim(key, session.long), 1)
    await expectAnswer('complete', session.store.complete(key, token, session.brief), true)
    await session.outlast()
    expectOne(await claimsAtOnce(session, key, CLAIMS), 'in-progress')
  }),

  storeCase('race: complete and a takeover are never both told yes', async (session) => {
    await inRounds(session, async ({ key, token, client, before }) => {
      const [answer, claims] = await besideClaims(session, key, before, () => client.complete(key, token, session.long))
      if (answer) expectNone(claims, 'done')
      else await expectTaken(session, key, claims)
      if (answer) await expectDone(session.other.claim(key, session.long))
    })
  }),

  storeCase('race: extend and a takeover are never both told yes', async (session) => {
    await inRounds(session, async ({ key, token, client, before }) => {
      const [answer, claims] = await besideClaims(session, key, before, () => client.extend(key, token, session.long))
      if (answer) expectNone(claims, 'in-progress')
      else await expectTaken(session, key, claims)
      if (answer) await expectInProgress(session.other.claim(key, session.long), session.long)
    })
  }),

  storeCase('race: release does not free what a takeover has claimed', async (session) => {
    await inRounds(session, async ({ key, token, client, before }) => {
      const [, claims] = await besideClaims(session, key, before, () => client.release(key, token))
      await expectTaken(session, key, claims)
    })
  }),

  storeCase('race: of two completions of two owners, the later owner has it', async (session) => {
    await inRounds(session, async ({ key, token: oldToken, client }) => {
      const { token } = await expectClaimed(session.other.claim(key, session.long), 2)
      const [old, current] = await Promise.all([
        client.complete(key, oldToken, session.long),
        session.other.complete(key, token, session.long),
      ])
      expectThat(!old && current, 'the older token refused and the newer taken', `${old} and ${current}`)
      await expectDone(session.store.claim(key, session.long))
    })
  }),
]

/** A key that is held by an owner whose lease has run out. */
interface Round {
  readonly key: string
  readonly token: string
  /** The owner: one of both clients. */
  readonly client: IdempotencyStore
  /** How many claims are sent before the owner's call, and not after it. */
  readonly before: number
}

/** Some keys at once, each in a round of its own. */
async function inRounds(session: Session, play: (round: Round) => Promise<void>): Promise<void> {
  const { store, other, brief } = session
  const rounds = await Promise.all(
    Array.from({ length: ROUNDS }, async (_, index) => {
      const client = index % 2 === 0 ? store : other
      const key = session.key()
      const { token } = await expectClaimed(client.claim(key, brief), 1)
      return { key, token, client, before: index >> 1 }
    }),
  )
  await session.outlast()
  await Promise.all(rounds.map(play))
}

/** The old owner's call, among claims. */
async function besideClaims(
  session: Session,
  key: string,
  before: number,
  call: () => Promise<boolean>,
): Promise<[boolean, readonly Claim[]]> {
  const [earlier, answer, later] = await Promise.all([
    claimsAtOnce(session, key, before),
    call(),
    claimsAtOnce(session, key, TAKERS - before),
  ])
  return [answer, [...earlier, ...later]]
}

function claimsAtOnce({ store, other, long }: Session, key: string, count: number): Promise<readonly Claim[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => (index % 2 === 0 ? store : other).claim(key, long)))
}

/** One is claimed, and the others are told `rest`. */
function expectOne(claims: readonly Claim[], rest: Claim['state']): Claimed {
  const [winner, ...others] = claims.filter((claim): claim is Claimed => claim.state === 'claimed')
  if (winner === undefined || others.length > 0) expectThat(false, "one 'claimed'", tally(claims))
  const losers = claims.filter(({ state }) => state === rest).length
  expectThat(losers === claims.length - 1, `one 'claimed' and the others '${rest}'`, tally(claims))
  return winner
}

function expectNone(claims: readonly Claim[], all: Claim['state']): void {
  const none = claims.every(({ state }) => state === all)
  expectThat(none, `'${all}' for all, as the old owner was told true`, tally(claims))
}

/** One has taken it over, and still holds it. */
async function expectTaken({ store, other, long }: Session, key: string, claims: readonly Claim[]): Promise<void> {
  const { token } = expectOne(claims, 'in-progress')
  await expectInProgress(other.claim(key, long), long)
  await expectAnswer('complete by the one that took over', store.complete(key, token, long), true)
}

function tally(claims: readonly Claim[]): string {
  const counts = new Map<string, number>()
  for (const claim of claims) counts.set(claimText(claim), (counts.get(claimText(claim)) ?? 0) + 1)
  return [...counts].map(([text, count]) => `${count} times ${text}`).join(', ')
}
