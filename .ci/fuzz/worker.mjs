// Runs properties one after the other, in a thread of its own: what hangs can be ended from outside only.
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'

const { bundle, options, started } = workerData
const { properties } = await import(bundle)
const counter = new Int32Array(started)

parentPort.on('message', async (name) => {
  counter[0] = 0
  const { runs: numRuns, seed, path } = options
  const details = await fc.check(counted(properties[name]), { numRuns, seed, ...(path && { path }) })
  parentPort.postMessage({
    failed: details.failed,
    runs: details.numRuns,
    path: details.counterexamplePath,
    counterexample: details.failed
      ? `after ${details.numShrinks} shrinks: ${fc.stringify(details.counterexample)}`
      : '',
    error: details.errorInstance?.stack ?? String(details.errorInstance ?? ''),
  })
})

/** The property, with its runs counted where the other thread sees them. */
function counted(property) {
  const run = property.run.bind(property)
  property.run = (...args) => {
    counter[0] += 1
    return run(...args)
  }
  return property
}
