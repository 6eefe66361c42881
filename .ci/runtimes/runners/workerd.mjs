import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { installed } from '../install.mjs'
import { VERSIONS } from '../versions.mjs'

const PACKAGE = '@cloudflare/workerd-linux-64'
const LONGEST_MS = 300_000

/** workerd, by itself: one worker behind a socket on a free port of this machine. */
export const workerd = {
  install: async (name) => ({
    command: join(await installed(name), 'node_modules', PACKAGE, 'bin', 'workerd'),
    version: VERSIONS[name][PACKAGE],
  }),
  run: (installed, project, wanted) => serve(installed, project, (ask) => ask(wanted)),
  open: serve,
}

/** For as long as the work takes, which asks the worker as often as it likes. */
async function serve({ command, version }, project, work) {
  writeFileSync(join(project, 'workerd.capnp'), configOf(version))
  // On the control channel it tells the port.
  const server = spawn(command, ['serve', 'workerd.capnp', '--control-fd=1'], { cwd: project })
  const stop = () => server.kill('SIGKILL')
  process.once('exit', stop)
  let complaints = ''
  server.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text
  })
  try {
    const port = await listeningPort(server)
    return { version, result: await work((wanted) => ask(port, wanted)) }
  } catch (error) {
    throw new Error(`${error.message}\n${complaints}`)
  } finally {
    stop()
    process.off('exit', stop)
  }
}

async function ask(port, wanted) {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body: JSON.stringify(wanted),
    signal: AbortSignal.timeout(LONGEST_MS),
  })
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** A version names the day of its build, and it knows what was compatible then: the newest behaviour that it has. */
function configOf(version) {
  const [, year, month, day] = /^1\.(\d{4})(\d\d)(\d\d)\./.exec(version)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "suite", worker = .worker) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "suite") ],
);
const worker :Workerd.Worker = (
  modules = [ (name = "worker", esModule = embed "worker.bundle.mjs") ],
  compatibilityDate = "${year}-${month}-${day}",
);
`
}

async function listeningPort(server) {
  const failed = new Promise((_, reject) => {
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`workerd ended with code ${code}`)))
  })
  const listening = (async () => {
    for await (const line of createInterface({ input: server.stdout })) {
      const { event, port } = JSON.parse(line)
      if (event === 'listen') return port
    }
    return failed
  })()
  return Promise.race([listening, failed])
}
