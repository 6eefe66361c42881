import { type ChildProcess, fork } from 'node:child_process'
import type { InstanceMessage, InstanceSettings } from './instance.js'

/** One process of an instance, from its start to its end. Moments are in milliseconds since the epoch. */
export interface InstanceLife {
  readonly port: number
  readonly since: number
  until: number
  /** When it used a key for the first time. */
  readonly firstUse: Map<string, number>
}

/** The receivers, and who stands in for a round-robin before them. */
export interface Instances {
  /** The port of the next one in turn that is there; undefined while there is none. */
  next(): number | undefined
  /** Kills one, in turn, and starts it again. Resolves when it listens. */
  killNext(): Promise<void>
  /** All processes that there were. */
  readonly lives: readonly InstanceLife[]
  stop(): Promise<void>
}

interface Process {
  readonly child: ChildProcess
  readonly life: InstanceLife
}

/** Starts so many, each a process of this script. */
export async function startInstances(count: number, script: string, settings: InstanceSettings): Promise<Instances> {
  const lives: InstanceLife[] = []
  const running = new Map<number, Process>()
  let turn = 0
  let killed = 0

  async function start(number: number): Promise<void> {
    const started = await startInstance(script, settings)
    lives.push(started.life)
    running.set(number, started)
    started.child.once('exit', () => {
      started.life.until = Date.now()
      if (running.get(number) === started) running.delete(number)
    })
  }

  await Promise.all(Array.from({ length: count }, (_, number) => start(number)))
  return {
    lives,
    next() {
      const ports = [...running.values()].map(({ life }) => life.port)
      turn += 1
      return ports[turn % ports.length]
    },
    async killNext() {
      const number = killed++ % count
      await end(running.get(number))
      await start(number)
    },
    async stop() {
      await Promise.all([...running.values()].map(end))
    },
  }
}

async function startInstance(script: string, settings: InstanceSettings): Promise<Process> {
  const child = fork(script, [JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
  const firstUse = new Map<string, number>()
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const port = await new Promise<number>((listening, failed) => {
    child.once('exit', (code, signal) => failed(new Error(`an instance ended (${signal ?? code}): ${said}`)))
    child.on('message', (message: InstanceMessage) => {
      if ('port' in message) listening(message.port)
      else for (const key of message.using) firstUse.set(key, message.at)
    })
  })
  return { child, life: { port, since: Date.now(), until: Number.POSITIVE_INFINITY, firstUse } }
}

async function end(process: Process | undefined): Promise<void> {
  if (process === undefined || process.child.exitCode !== null || process.child.signalCode !== null) return
  await new Promise((ended) => {
    process.child.once('exit', ended)
    process.child.kill('SIGKILL')
  })
}
