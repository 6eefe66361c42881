// Shows how the time of a refusal grows with the header that the sender chose: it must be linear up to the cap of 8 KiB,
// and flat beyond it. Nothing is asserted: machines are shared and noisy. Work is counted in packages/core/test/hostile.test.ts.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './lib/workspace.mjs'

const { createVerifier, orangeLogic } = await import(
  pathToFileURL(join(root, 'packages', 'orange-logic', 'dist', 'index.js')).href
)
const verifier = createVerifier(orangeLogic(), { keys: 'an-example-secret' })
const SIZES = [512, 1024, 2048, 4096, 8192, 65_536, 1_048_576]
const ROUNDS = 15
const CALLS = 20

/** Microseconds that a refusal takes, the median of some rounds. */
async function refusalTime(header) {
  const times = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let call = 0; call < CALLS; call++) {
      const verdict = await verifier.verify({ headers: { 'x-ol-signature': header }, body: '' })
      if (verdict.ok) throw new Error('a header of filler was accepted')
    }
    times.push(((performance.now() - start) * 1000) / CALLS)
  }
  return times.sort((one, other) => one - other)[ROUNDS >> 1]
}

// Commas and blanks are what the grammar of the most elaborate of the five headers splits at.
const figures = []
for (const size of SIZES) figures.push(`${size / 1024} KiB ${(await refusalTime('v1, '.repeat(size / 4))).toFixed(0)}`)
console.log(`header-growth: µs for a refusal, ${figures.join(', ')}`)
