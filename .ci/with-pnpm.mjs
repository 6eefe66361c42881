// Runs a command of this repository on a machine that has only Node and npm: brings pnpm, installs, builds, runs.
// `npm start` and `npm test` go through here, so that nothing else needs to be done first.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const env = {
  ...process.env,
  npm_config_loglevel: 'error',
  npm_config_ignore_scripts: 'false',
  npm_config_allow_scripts: 'pnpm', // npm 12 runs no install script that is not named
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}
const shell = process.platform === 'win32'

/** Runs a step in silence; its output is for the eyes only when it fails. */
function quietly(command, args) {
  const done = spawnSync(command, args, { cwd: root, env, shell, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (done.status === 0) return done.stdout
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`)
  process.stderr.write(`\n'${command} ${args.join(' ')}' failed, so nothing was run.\n`)
  process.exit(done.status || 1)
}

// pnpm on PATH is what turbo needs; npx knows where it put it.
env.PATH = quietly('npx', ['--yes', '-p', packageManager, 'node', '-p', 'process.env.PATH']).trim()
quietly('pnpm', ['install', '--frozen-lockfile'])
quietly('pnpm', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])

const [command, ...args] = process.argv.slice(2)
const bin = join(root, 'node_modules', '.bin')
const separator = process.platform === 'win32' ? ';' : ':'
const run = spawnSync(command, args, {
  cwd: root,
  env: { ...env, PATH: bin + separator + env.PATH },
  shell,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
