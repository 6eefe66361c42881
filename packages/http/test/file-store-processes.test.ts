import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileStore } from '../src/file-store.js'

const TIMEOUT_MS = 60_000

let bundles: string
let home: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'countersign-worker-'))
  await build({
    entryPoints: [fileURLToPath(new URL('file-store-worker.ts', import.meta.url))],
    outfile: join(bundles, 'worker.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['countersign-source'],
    logLevel: 'silent',
  })
})

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'countersign-processes-'))
})

afterEach(async () => {
  for (const worker of running) worker.kill('SIGKILL')
  await rm(home, { recursive: true, force: true })
})

afterAll(() => rm(bundles, { recursive: true, force: true }))

interface Work {
  readonly keys: number
  readonly leaseMs: number
  /** The share of claims that are released. */
  readonly failures: number
}

/** Resolves when it is ready; it begins with a message. */
async function startWorker({ keys, leaseMs, failures }: Work): Promise<ChildProcess> {
  const given = [join(home, 'store'), join(home, 'log'), keys, leaseMs, failures].map(String)
  const worker = fork(join(bundles, 'worker.mjs'), given, { execArgv: [] })
  running.add(worker)
  worker.once('exit', () => running.delete(worker))
  await once(worker, 'message')
  return worker
}

interface Line {
  readonly what: string
  readonly key: string
  readonly attempt: number
}

async function readLog(): Promise<readonly Line[]> {
  const lines = (await readFile(join(home, 'log'), 'utf8')).trim().split('\n')
  return lines.map((line) => {
    const [what = '', key = '', attempt] = line.split(' ')
    return { what, key, attempt: Number(attempt) }
  })
}

/** Each attempt was granted once, and of all only the last one was completed. */
function expectHandledOnce(lines: readonly Line[], keys: number): void {
  for (let index = 0; index < keys; index++) {
    const own = lines.filter(({ key }) => key === `key-${index}`)
    const claimed = own.filter(({ what }) => what === 'claimed').map(({ attempt }) => attempt)
    const completed = own.filter(({ what }) => what === 'completed').map(({ attempt }) => attempt)
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(completed.length).toBeLessThanOrEqual(1)
    for (const attempt of completed) expect(attempt).toBe(Math.max(...claimed))
  }
}

async function expectAllDone(keys: number): Promise<void> {
  const store = fileStore(join(home, 'store'))
  for (let index = 0; index < keys; index++) expect(await store.claim(`key-${index}`, 1_000)).toEqual({ state: 'done' })
}

describe('processes that share a fileStore', { timeout: TIMEOUT_MS }, () => {
  it('handle each key once', async () => {
    const work = { keys: 150, leaseMs: TIMEOUT_MS, failures: 0 }
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(work)))
    await Promise.all(workers.map(untilEnded))
    const lines = await readLog()
    expectHandledOnce(lines, work.keys)
    expect(lines.length).toBe(work.keys * 2)
    expect(lines.every(({ attempt }) => attempt === 1)).toBe(true)
    await expectAllDone(work.keys)
  })

  it('complete each key once, though their leases run out, they fail, and they are killed at any moment', async () => {
    const work = { keys: 80, leaseMs: 15, failures: 0.3 }
    for (let round = 0; round < 8; round++) {
      const workers = await Promise.all([startWorker(work), startWorker(work)])
      await Promise.all(workers.map((worker, index) => killAfter(worker, 3 * round + index)))
    }
    const last = await Promise.all([startWorker(work), startWorker(work)])
    await Promise.all(last.map(untilEnded))
    expectHandledOnce(await readLog(), work.keys)
    await expectAllDone(work.keys)
  })

  /** Both begin at the same time. Some will not have got to a claim yet, others are between any two steps. */
  async function killAfter(worker: ChildProcess, ms: number): Promise<void> {
    const exit = once(worker, 'exit')
    worker.send('begin')
    setTimeout(() => worker.kill('SIGKILL'), ms)
    await exit
  }

  async function untilEnded(worker: ChildProcess): Promise<void> {
    const exit = once(worker, 'exit')
    worker.send('begin')
    expect(await exit).toEqual([0, null])
  }
})
