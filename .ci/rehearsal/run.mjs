// The next release, rehearsed. In a clone of what is committed: the versions and changelogs that the changesets make, a build,
// and all packages published to a registry on this machine. What is proved of them is in rehearse.mjs, which runs there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustRun } from '../checks/lib/run.mjs'
import { root } from '../checks/lib/workspace.mjs'
import { FOLDER, installed } from '../runtimes/install.mjs'
import { NODES } from './nodes.mjs'

const USAGE = 'npm run release:rehearsal takes no arguments'

if (process.argv.length > 2) {
  console.error(USAGE)
  process.exit(process.argv[2] === '--help' ? 0 : 1)
}
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-release-')))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const uncommitted = await mustRun('git', ['status', '--porcelain'], { cwd: root })
if (uncommitted !== '') console.log('What is not committed takes no part.')
const clone = join(folder, 'clone')
const inClone = (command, args) => mustRun(command, args, { cwd: clone })
await Promise.all([prepareClone(), installAll()])
// Installed in the checkout, where the next rehearsal finds them, and seen from the clone.
symlinkSync(FOLDER, join(clone, '.ci', 'runtimes', '.installed'))
const rehearsal = spawn(process.execPath, [join('.ci', 'rehearsal', 'rehearse.mjs'), folder], {
  cwd: clone,
  stdio: 'inherit',
})
// It stops the registry that it has started.
process.on('exit', () => rehearsal.kill())
const [code] = await once(rehearsal, 'exit')
process.exitCode = code ?? 1

/** with-pnpm.mjs has put pnpm on the path. */
async function prepareClone() {
  await mustRun('git', ['clone', '--quiet', root, clone])
  await inClone('pnpm', ['install', '--frozen-lockfile'])
  await inClone('pnpm', ['exec', 'changeset', 'version'])
  await inClone('pnpm', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])
}

async function installAll() {
  for (const name of ['registry', 'typescript', ...NODES]) await installed(name)
}
