import { publishedPackages } from '../checks/lib/workspace.mjs'
import { proveEngines } from './engines.mjs'
import { proveMixing } from './mixing.mjs'
import { proveQuickStart } from './quick-start.mjs'
import { isStore, proveStore } from './stores.mjs'
import { proveTypes } from './types.mjs'

/**
 * All that is proved of installed packages, to be run side by side.
 *
 * @param projects of `createProjects`.
 * @param nodes those that code runs on: `{ version, path }`.
 * @param more what else is proved in the project that has all packages: `{ about, prove(project) }`.
 * @returns {{ about: string, prove(): Promise<object[]> }[]}
 */
export function proofJobs(projects, nodes, more = []) {
  let everything
  /** One project with all packages, and with what `./events` needs: its types are checked too. */
  function inEverything(prove) {
    everything ??= projects.create('everything', publishedPackages(), ['zod@4'])
    return everything.then(prove)
  }
  const jobs = [
    ...publishedPackages().map((one) => ({
      about: one.name,
      prove: () => (isStore(one) ? proveStore : proveQuickStart)(one, projects, nodes),
    })),
    { about: 'mixing', prove: () => inEverything((project) => proveMixing(project, nodes)) },
    { about: 'engines', prove: () => inEverything((project) => proveEngines(project, nodes)) },
    { about: 'types', prove: () => inEverything(proveTypes) },
    ...more.map(({ about, prove }) => ({ about, prove: () => inEverything(prove) })),
  ]
  // What ends a job early is its one, failed proof.
  return jobs.map(({ about, prove }) => ({
    about,
    prove: () => prove().catch(({ message }) => [{ name: 'set-up', error: message }]),
  }))
}
