// One suite, written once, in every runtime that the packages support: does each of them give every delivery the same
// verdict? The packages are those that would be published; each runtime picks its engine by itself.
import { inPool } from '../checks/lib/pool.mjs'
import { optionsOf } from './options.mjs'
import { createProject } from './project.mjs'
import { corpusLine, reportDelivery, reportRuntime, summary } from './report.mjs'

/** What came out in a runtime; or why nothing did, which is never passed over. */
async function attempt(runtime, project, wanted) {
  try {
    // What takes long is fetched while the packages are still being packed.
    const installed = await runtime.install(runtime.name)
    const folder = await project
    console.error(`${runtime.name}: running`)
    const began = performance.now()
    const { version, result } = await runtime.run(installed, folder, wanted)
    return { runtime, title: `${runtime.title} ${version}`, result, seconds: (performance.now() - began) / 1000 }
  } catch (error) {
    return { runtime, title: runtime.name, error: error.message }
  }
}

async function runAll({ runtimes, wanted }) {
  const project = createProject()
  const runs = inPool(runtimes, (runtime) => attempt(runtime, project, wanted))
  // Without it nothing can run, which is told once.
  await project
  const report = wanted.only === undefined ? reportRuntime : reportDelivery
  const first = runs[0].then((reference) => report(reference, reference, wanted))
  const others = runs.slice(1).map(async (running) => {
    await first
    return report(await running, await runs[0], wanted)
  })
  const reports = await Promise.all([first, ...others])
  const { result } = await runs[0]
  if (result !== undefined && wanted.only === undefined) console.log(corpusLine(result, wanted))
  console.log(summary(reports, result))
  return reports.every(({ ok }) => ok)
}

// Ends what was started, too: see the runners.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

try {
  const options = optionsOf(process.argv.slice(2))
  if (options !== undefined) process.exitCode = (await runAll(options)) ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
