import { randomBytes } from 'node:crypto'
import { far, near } from './near-and-far.mjs'
import { interleaved } from './samples.mjs'

const SAMPLES = 30_000
/** Comparisons in one sample: one alone is as short as the clock is coarse. */
const BATCH = 64

/** Times of `equal` on texts of 128 hex digits, the longest that there are. Several, so that none has a place of its own. */
export function timesOfComparison(equal) {
  const texts = Array.from({ length: 32 }, () => randomBytes(64).toString('hex'))
  const pairs = texts.map((text) => ({ text, near: near(text), far: far(text) }))
  let found = 0
  return interleaved(SAMPLES, (isNear) => {
    const { text, near, far } = pairs[Math.floor(Math.random() * pairs.length)]
    const given = isNear ? near : far
    const began = performance.now()
    for (let index = 0; index < BATCH; index++) if (equal(text, given)) found += 1
    const time = performance.now() - began
    if (found > 0) throw new Error('what differs was found equal')
    return time
  })
}
