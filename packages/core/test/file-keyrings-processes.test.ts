import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileKeyrings } from '../src/stores/file-keyrings.js'

const TIMEOUT_MS = 60_000

let bundles: string
let home: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'countersign-worker-'))
  await build({
    entryPoints: [fileURLToPath(new URL('file-keyrings-worker.ts', import.meta.url))],
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

/** Resolves when it is ready; it begins with a message. */
async function startWorker(count: number): Promise<ChildProcess> {
  const given = [join(home, 'keyrings'), join(home, 'log'), String(count)]
  const worker = fork(join(bundles, 'worker.mjs'), given, { execArgv: [] })
  running.add(worker)
  worker.once('exit', () => running.delete(worker))
  await once(worker, 'message')
  return worker
}

async function told(): Promise<readonly { version: number; entry: string }[]> {
  const log = await readFile(join(home, 'log'), 'utf8').catch(() => '')
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ version: Number(line.split(' ')[0]), entry: line.split(' ')[1] ?? '' }))
}

/** Each that was told true is in the chain, as that version. Resolves to the chain. */
async function expectChain(): Promise<readonly string[]> {
  const last = await fileKeyrings(join(home, 'keyrings')).read('ring')
  const chain: string[] = JSON.parse(last?.text ?? '[]')
  expect(chain.length).toBe(last?.version ?? 0)
  expect(new Set(chain).size).toBe(chain.length)
  for (const { version, entry } of await told()) expect(chain[version - 1]).toBe(entry)
  return chain
}

async function untilEnded(worker: ChildProcess): Promise<void> {
  const exit = once(worker, 'exit')
  worker.send('begin')
  expect(await exit).toEqual([0, null])
}

async function killAfter(worker: ChildProcess, ms: number): Promise<void> {
  const exit = once(worker, 'exit')
  worker.send('begin')
  setTimeout(() => worker.kill('SIGKILL'), ms)
  await exit
}

describe('processes that share fileKeyrings', { timeout: TIMEOUT_MS }, () => {
  it('add versions one after the other, and lose none', async () => {
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(15)))
    await Promise.all(workers.map(untilEnded))
    expect(await told()).toHaveLength(45)
    expect(await expectChain()).toHaveLength(45)
  })

  it('lose none that was told, wherever they are killed, and leave none of the older texts', async () => {
    for (let round = 0; round < 10; round++) {
      const workers = await Promise.all([startWorker(1000), startWorker(1000)])
      await Promise.all(workers.map((worker, index) => killAfter(worker, 4 * round + 3 * index)))
      await expectChain()
    }
    const before = await expectChain()
    await untilEnded(await startWorker(1))
    expect(await expectChain()).toHaveLength(before.length + 1)
    const ring = join(home, 'keyrings', 'ring-ring')
    for (const name of await readdir(ring)) {
      const { size } = await stat(join(ring, name))
      expect(size > 0).toBe(Number(name) === before.length + 1)
    }
  })
})
