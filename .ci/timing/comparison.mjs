import { randomBytes } from 'node:crypto'
import { far, near } from './near-and-far.mjs'
import { interleaved } from './samples.mjs'

const SAMPLES = 30_000
/** Comparisons in one sample: one alone is as short as the clock is coarse. */
const BATCH = 64

/**
 * Times of `equal` on texts of 128 hex digits, the longest that there are. New ones for each sample: of texts that stay, one
 * kind may have the better places in memory, which looks like a leak. A prefix stands before the given one, and is skipped.
 */
export function timesOfComparison(equal, prefix = '') {
  let found = 0
  return interleaved(SAMPLES, (isNear) => {
    const text = randomBytes(64).toString('hex')
    const given = Buffer.from(prefix + (isNear ? near(text) : far(text))).toString()
    const began = performance.now()
    for (let index = 0; index < BATCH; index++) if (equal(text, given, prefix.length)) found += 1
    const time = performance.now() - began
    if (found > 0) throw new Error('what differs was found equal')
    return time
  })
}
