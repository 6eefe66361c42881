import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.js'
import { guard } from './guard.js'
import { continueTree, killTree, stopTree } from './process-tree.js'
import type { Server } from './server.js'

/** How a server is run. */
export interface Program {
  readonly name: string
  /** Where its data are and its log. It is removed in the end. */
  readonly directory: string
  command(port: number): readonly [file: string, ...args: string[]]
  /** Whether it is this process that answers there: another may have been faster to take the port. */
  isAnswering(port: number, pid: number): Promise<boolean>
}

interface Run {
  readonly port: number
  isRunning(): boolean
  readonly pid: number
  kill(): Promise<void>
}

const START_MS = 20_000
const LOOK_MS = 20
/** A port may be taken in between, and what a killed server leaves behind may be in use for a moment. */
const TRIES = 20
const PAUSE_MS = 100

/** Starts it on a free port. If that fails, nothing is left of it. */
export async function runServer(program: Program): Promise<Server> {
  let run: Run
  try {
    run = await tried(async () => launch(program, await freePort()))
  } catch (error) {
    await removeDirectory(program)
    throw error
  }
  const { port } = run
  return {
    port,
    kill: () => run.kill(),
    async restart() {
      await run.kill()
      run = await tried(() => launch(program, port))
    },
    freeze() {
      if (run.isRunning()) stopTree(run.pid)
    },
    thaw() {
      if (run.isRunning()) continueTree(run.pid)
    },
    async stop() {
      await run.kill()
      await removeDirectory(program)
    },
  }
}

async function tried(start: () => Promise<Run>): Promise<Run> {
  for (let tries = 1; ; tries++) {
    try {
      return await start()
    } catch (error) {
      if (tries === TRIES) throw error
      await sleep(PAUSE_MS)
    }
  }
}

/** @throws Error if it ends before it answers, with the end of its log. */
async function launch(program: Program, port: number): Promise<Run> {
  const run = begin(program, port)
  const deadline = Date.now() + START_MS
  while (run.isRunning()) {
    if (await program.isAnswering(port, run.pid)) return run
    if (Date.now() > deadline) break
    await sleep(LOOK_MS)
  }
  await run.kill()
  throw new Error(`${program.name} does not answer on port ${port}: ${await endOfLog(program)}`)
}

function begin(program: Program, port: number): Run {
  const [file, ...args] = program.command(port)
  const log = openSync(logOf(program), 'a')
  const child = spawn(file, args, { cwd: program.directory, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = endOf(child)
  // A server that somebody forgot to stop does not keep this process.
  child.unref()
  const dismissGuard = guard(child, program.directory)
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  return {
    port,
    pid: child.pid ?? 0,
    isRunning,
    async kill() {
      if (isRunning()) {
        child.ref()
        await killTree(child.pid as number)
        await ended
      }
      dismissGuard()
    },
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  await once(child, 'exit').catch(() => undefined)
}

function logOf({ directory }: Program): string {
  return join(directory, 'log')
}

async function endOfLog(program: Program): Promise<string> {
  return (await readFile(logOf(program), 'utf8')).trim().slice(-1_000)
}

function removeDirectory({ directory }: Program): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 5 })
}
