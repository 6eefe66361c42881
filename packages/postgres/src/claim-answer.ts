import { type Claim, CountersignError } from '@countersign/core'

/** What the statement answered to a claim; undefined where another was faster. @throws CountersignError `store-failed`. */
export function claimOf(rows: readonly string[], token: string): Claim | undefined {
  const [answer] = rows
  if (answer === undefined) return undefined
  const [state, number] = answer.split(' ')
  if (state === 'done') return { state }
  if (state === 'claimed' && Number(number) >= 1) return { state, token, attempt: Number(number) }
  if (state === 'in-progress' && Number(number) > 0) return { state, retryAfterMs: Number(number) }
  throw new CountersignError('store-failed', 'claim: the answer makes no sense')
}
