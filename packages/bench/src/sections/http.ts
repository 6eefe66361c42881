import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventBody, REQUEST_BYTES } from '../bodies.js'
import { tampered } from '../contender.js'
import type { LoadOrder, LoadReport } from '../http-load.js'
import type { ServerReport } from '../http-server.js'
import type { Folders } from '../load.js'
import { hmac, SECRET, unixSeconds } from '../mac.js'
import { plainEnvironment } from '../plain-environment.js'
import { drawn } from '../rounds.js'
import { SCHEMES } from '../schemes.js'

export const FRAMEWORKS = ['node', 'express', 'fastify', 'hono'] as const
/**
 * What a server does with a request: reads its body and answers; hashes it twice, which is the least that a MAC takes;
 * verifies it by a function for this vendor alone; verifies it; or is one of our receivers.
 */
const MODES = ['read', 'floor', 'byHand', 'verify', 'receiver'] as const
export type Framework = (typeof FRAMEWORKS)[number]
export type Mode = (typeof MODES)[number]

/** What the goal stands beside is measured where the goal is: what a framework adds, it adds to each of them. */
const IN_NODE_ALONE: readonly Mode[] = ['floor', 'byHand']
export const modesOf = (framework: Framework) =>
  MODES.filter((mode) => framework === 'node' || !IN_NODE_ALONE.includes(mode))

export interface HttpFolders extends Folders {
  /** Where the frameworks and the load generator are installed. */
  readonly http: string
}

/** By round. */
interface HttpSamples {
  readonly cpuMicroseconds: number[]
  readonly perSecond: number[]
}
export type HttpResult = Record<string, HttpSamples>

export const httpId = (framework: Framework, mode: Mode) => `${framework} ${mode}`

/** What verifying adds is a small difference of two figures that vary by a tenth. */
const ROUNDS = 30
/** During its first twenty thousand requests a server still compiles what it runs, and that counts as its processor time. */
const WARM_UP_ROUNDS = 8
const REQUESTS = 4000
const CONNECTIONS = 10
/** The one of ours with a timestamp to check. */
const SCHEME = SCHEMES['global-commerce']

interface Server {
  readonly id: string
  /** Those of one framework have their turns next to each other: they are set beside each other. */
  readonly group: Framework
  readonly mode: Mode
  readonly child: ChildProcess
  readonly url: string
}

/** A server process for each framework and mode, and another that loads one of them at a time, on this machine. */
export async function measureHttp(folders: HttpFolders): Promise<HttpResult> {
  const load = start('http-load.js', folders)
  const servers = await Promise.all(
    FRAMEWORKS.flatMap((framework) => modesOf(framework).map((mode) => startServer(framework, mode, folders))),
  )
  const children = [load, ...servers.map((server) => server.child)]
  const stop = () => children.forEach((child) => void child.kill('SIGKILL'))
  process.once('exit', stop)
  try {
    for (const server of servers) await prove(server)
    const result: HttpResult = Object.fromEntries(servers.map(({ id }) => [id, { cpuMicroseconds: [], perSecond: [] }]))
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
      for (const server of drawn(servers, Math.random)) {
        const { cpuMicroseconds, perSecond } = await loadOnce(server, load)
        if (round < 0) continue
        result[server.id]?.cpuMicroseconds.push(cpuMicroseconds)
        result[server.id]?.perSecond.push(perSecond)
      }
    }
    return result
  } finally {
    stop()
  }
}

function start(file: string, ...args: (string | object)[]): ChildProcess {
  const path = fileURLToPath(new URL(`./${file}`, import.meta.url))
  const child = fork(
    path,
    args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))),
    { env: plainEnvironment(), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  // Else an answer would be waited for that does not come.
  child.on('exit', (code, signal) => {
    if (signal !== 'SIGKILL') throw new Error(`${file} ${args[0]} ended with ${code ?? signal}`)
  })
  return child
}

async function startServer(framework: Framework, mode: Mode, folders: HttpFolders): Promise<Server> {
  const child = start('http-server.js', framework, mode, folders)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { id: httpId(framework, mode), group: framework, mode, child, url: `http://127.0.0.1:${port}/webhooks` }
}

/** Signed now: a turn is short, all of them take longer than a stamp is good for. */
async function delivery() {
  const body = eventBody(REQUEST_BYTES)
  const stamp = unixSeconds()
  const mac = SCHEME.encode(await hmac(SCHEME.hash, SECRET, SCHEME.before(stamp), body))
  const headersWith = (given: string) => ({ 'content-type': 'application/json', ...SCHEME.headersOf(given, stamp) })
  return { body, mac, headersWith }
}

async function prove({ id, mode, url }: Server): Promise<void> {
  const { body, mac, headersWith } = await delivery()
  const status = async (given: string) =>
    (await fetch(url, { method: 'POST', headers: headersWith(given), body })).status
  const statuses = [await status(mac), await status(tampered(mac))]
  const expected = mode === 'read' || mode === 'floor' ? [200, 200] : [200, 401]
  if (`${statuses}` !== `${expected}`) throw new Error(`${id} answers ${statuses} instead of ${expected}`)
}

async function ask<Answer>(child: ChildProcess, question: unknown): Promise<Answer> {
  const answer = once(child, 'message')
  child.send(question as object)
  return (await answer)[0] as Answer
}

async function loadOnce(server: Server, load: ChildProcess) {
  const { body, mac, headersWith } = await delivery()
  const order: LoadOrder = {
    url: server.url,
    headers: headersWith(mac),
    body,
    requests: REQUESTS,
    connections: CONNECTIONS,
  }
  const before = await ask<ServerReport>(server.child, 'cpu')
  const { milliseconds, answered } = await ask<LoadReport>(load, order)
  const after = await ask<ServerReport>(server.child, 'cpu')
  if (answered !== REQUESTS) throw new Error(`${server.id}: ${answered} of ${REQUESTS} requests were answered with 200`)
  return { cpuMicroseconds: (after.cpu - before.cpu) / REQUESTS, perSecond: (REQUESTS / milliseconds) * 1000 }
}
