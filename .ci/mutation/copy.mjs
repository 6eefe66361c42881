import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root, workspacePackages } from '../checks/lib/workspace.mjs'

/**
 * A copy of the checkout as it stands, changes included, in a temporary folder. Stryker mutates in place: adapters' tests
 * reach the core through links between packages, and these have to lead into what is mutated. No checkout is for that.
 */
export function copyOfCheckout() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-mutation-')))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const file of filesOfCheckout()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  // What others wrote is only read. A package's own links to its neighbours are relative, and so lead to the copies.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { folder: name, path } of workspacePackages()) {
    const links = join(path, 'node_modules')
    if (existsSync(links)) cpSync(links, join(folder, 'packages', name, 'node_modules'), LINKS)
  }
  return folder
}

const LINKS = { recursive: true, verbatimSymlinks: true }

/** Of git, and new ones that it does not ignore. One that was deleted is still listed. */
function filesOfCheckout() {
  const flags = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const listed = execFileSync('git', flags, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
}
