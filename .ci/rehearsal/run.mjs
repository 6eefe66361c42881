// The next release, rehearsed. In a copy of what is committed: the versions and changelogs that the changesets make, a build,
// and all packages published to a registry on this machine. What is proved of them is in rehearse.mjs, which runs there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustRun } from '../checks/lib/run.mjs'
import { root } from '../checks/lib/workspace.mjs'
import { FOLDER, installed } from '../runtimes/install.mjs'
import { NODES } from './nodes.mjs'

/** Whoever runs this may have told git no name. */
const COMMITTER = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'Rehearsal'],
    [`GIT_${role}_EMAIL`, 'rehearsal@example.com'],
  ]),
)
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
const copy = join(folder, 'copy')
const inCopy = (command, args) => mustRun(command, args, { cwd: copy, env: { ...process.env, ...COMMITTER } })
await Promise.all([prepareCopy(), installAll()])
// Installed in the checkout, where the next rehearsal finds them, and seen from the copy.
symlinkSync(FOLDER, join(copy, '.ci', 'runtimes', '.installed'))
const rehearsal = spawn(process.execPath, [join('.ci', 'rehearsal', 'rehearse.mjs'), folder], {
  cwd: copy,
  env: { ...process.env, ...COMMITTER },
  stdio: 'inherit',
})
// It stops the registry that it has started.
process.on('exit', () => rehearsal.kill())
const [code] = await once(rehearsal, 'exit')
process.exitCode = code ?? 1

/**
 * A repository of one commit, and no clone: in a checkout without its history changesets looks for the rest of it, and never
 * ends. with-pnpm.mjs has put pnpm on the path.
 */
async function prepareCopy() {
  const archive = join(folder, 'head.tar')
  mkdirSync(copy)
  await mustRun('git', ['archive', `--output=${archive}`, 'HEAD'], { cwd: root })
  await inCopy('tar', ['-xf', archive])
  await inCopy('git', ['init', '--quiet', '--initial-branch=main'])
  await inCopy('git', ['add', '--all'])
  await inCopy('git', ['commit', '--quiet', '--message=HEAD'])
  await inCopy('pnpm', ['install', '--frozen-lockfile'])
  await inCopy('pnpm', ['exec', 'changeset', 'version'])
  await inCopy('pnpm', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])
}

async function installAll() {
  for (const name of ['registry', 'typescript', ...NODES]) await installed(name)
}
