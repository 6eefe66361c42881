// `npm run bench:compare`: is a commit slower than another? Both are built, and run in one process by turns.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare } from '../packages/bench/dist/index.js'
import { mustRun } from './checks/lib/run.mjs'
import { root, workspacePackages } from './checks/lib/workspace.mjs'
import { node } from './runtimes/runners/process.mjs'

const USAGE = `npm run bench:compare [-- BASE [HEAD]]

Measures two commits beside each other, three times. Exits with 1 where the best ratio of a case is over 1.25.

  BASE   a commit; HEAD~1 if not given
  HEAD   a commit; the working tree if not given`

const [base = 'HEAD~1', head] = process.argv.slice(2)
if (base.startsWith('-') || process.argv.length > 4) {
  console.log(USAGE)
  process.exit(base === '--help' ? 0 : 2)
}

/** The adapters, and what they are made of. The rest of a commit does not matter, nor do types. */
const filters = workspacePackages()
  .filter(({ folder, isAdapter }) => isAdapter || folder === 'core')
  .map(({ folder }) => `--filter=./packages/${folder}`)

/** A clone, so that neither the working tree nor its branches are touched. */
async function checkout(commit, folder) {
  const git = (...args) => mustRun('git', args, { cwd: root })
  const sha = (await git('rev-parse', '--verify', `${commit}^{commit}`)).trim()
  await git('clone', '--quiet', '--shared', '--no-checkout', root, folder)
  await mustRun('git', ['checkout', '--quiet', '--detach', sha], { cwd: folder })
  const pnpm = (...args) => mustRun('pnpm', [...filters, ...args], { cwd: folder })
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')
  await pnpm('exec', 'tsup', '--no-dts')
  return { name: `${commit} (${sha.slice(0, 7)})`, folder }
}

const parent = mkdtempSync(join(tmpdir(), 'countersign-compare-'))
try {
  const older = await checkout(base, join(parent, 'base'))
  const newer =
    head === undefined ? { name: 'the working tree', folder: root } : await checkout(head, join(parent, 'head'))
  process.exitCode = await compare(older, newer, await node.install('node-24'))
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
} finally {
  rmSync(parent, { recursive: true, force: true })
}
