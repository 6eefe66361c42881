import type { Claim } from '@countersign/core'
import { expectThat, fail } from './expect.js'
import type { Session } from './store-session.js'

type Claimed = Extract<Claim, { state: 'claimed' }>

/** Claimed, as that attempt if the store counts them. */
export async function expectClaimed(pending: Promise<Claim>, attempt: number): Promise<Claimed> {
  const claim = await pending
  if (claim.state !== 'claimed') fail(`'claimed' as attempt ${attempt}`, claimText(claim))
  expectThat(typeof claim.token === 'string' && claim.token !== '', 'a token', JSON.stringify(claim.token))
  const counted = claim.attempt === undefined || claim.attempt === attempt
  expectThat(counted, `attempt ${attempt}, or none where they are not counted`, `attempt ${claim.attempt}`)
  return claim
}

/** Held by another, for some of `leaseMs`. */
export async function expectInProgress(pending: Promise<Claim>, leaseMs: number): Promise<number> {
  const claim = await pending
  if (claim.state !== 'in-progress') fail("'in-progress'", claimText(claim))
  const isSome = claim.retryAfterMs > 0 && claim.retryAfterMs <= leaseMs
  expectThat(isSome, `retryAfterMs above 0 and at most ${leaseMs}`, String(claim.retryAfterMs))
  return claim.retryAfterMs
}

export async function expectDone(pending: Promise<Claim>): Promise<void> {
  const claim = await pending
  if (claim.state !== 'done') fail("'done'", claimText(claim))
}

/** What `extend`, `complete` or `release` resolves to. */
export async function expectAnswer(what: string, pending: Promise<boolean>, wanted: boolean): Promise<void> {
  const answer = await pending
  expectThat(answer === wanted, `${what} to resolve to ${wanted}`, JSON.stringify(answer))
}

/** None of the three methods takes the token. */
export async function expectRefusedToken({ store, brief }: Session, key: string, token: string): Promise<void> {
  const shown = JSON.stringify(token.length > 60 ? `${token.slice(0, 60)}...` : token)
  await expectAnswer(`extend with token ${shown}`, store.extend(key, token, brief), false)
  await expectAnswer(`release with token ${shown}`, store.release(key, token), false)
  await expectAnswer(`complete with token ${shown}`, store.complete(key, token, brief), false)
}

/** For a message; without the token, which says nothing. */
export function claimText(claim: Claim): string {
  switch (claim?.state) {
    case 'claimed':
      return `'claimed'${claim.attempt === undefined ? '' : ` as attempt ${claim.attempt}`}`
    case 'in-progress':
      return `'in-progress' for ${claim.retryAfterMs} ms`
    case 'done':
      return "'done'"
    default:
      return `no claim: ${JSON.stringify(claim)}`
  }
}
