// The real Vitest, in this process and without Vite: its tests, hooks and assertions need no more than what its own worker
// tells them of itself.
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** No test has snapshots in a file of their own. */
const ONLY_INLINE = {
  getVersion: () => '1',
  getHeader: () => '',
  resolvePath: async (file) => file,
  readSnapshotFile: async () => null,
}

const config = {
  root: process.cwd(),
  name: '',
  sequence: { hooks: 'stack', setupFiles: 'list', shuffle: false, concurrent: false },
  setupFiles: [],
  tags: [],
  retry: 0,
  testTimeout: 120_000,
  hookTimeout: 10_000,
  // One after the other, so that what is reached belongs to the one that runs.
  maxConcurrency: 1,
  allowOnly: false,
  passWithNoTests: true,
  fakeTimers: { loopLimit: 10_000, shouldClearNativeTimers: true },
  expect: {},
  snapshotOptions: { updateSnapshot: 'none', snapshotEnvironment: ONLY_INLINE },
  experimental: { viteModuleRunner: false, importDurations: { limit: 0 } },
}

globalThis.__vitest_worker__ = {
  config,
  ctx: { pool: 'forks' },
  environment: { name: 'node' },
  metaEnv: process.env,
  onCleanup: () => undefined,
}

const vitest = import.meta.resolve('vitest')
const { TestRunner } = await import(vitest)
// Vitest's own dependency, and so the copy of it with which it registers tests.
const { startTests } = await import(pathToFileURL(createRequire(fileURLToPath(vitest)).resolve('@vitest/runner')))

class OneFile extends TestRunner {
  constructor(load, hooks) {
    super(config)
    this.importFile = load
    this.hooks = hooks
    this.__setTraces({ $: (_name, _attributes, run) => run() })
  }

  onBeforeRunFiles() {
    this.hooks.onLoaded?.()
  }

  // Vitest's own hands its snapshots to the main thread.
  async onAfterRunSuite(suite) {
    if (suite.mode !== 'skip' && suite === suite.file) await this.snapshotClient.finish(suite.filepath)
  }

  onBeforeTryTask(test) {
    this.hooks.onTest?.(test, this.hooks.timeoutOf(test))
    super.onBeforeTryTask(test)
  }

  // Whatever time a test takes for itself: with a mutant it may wait for what never comes.
  async runTask(test) {
    const ended = new AbortController()
    const late = wait(this.hooks.timeoutOf(test), undefined, { signal: ended.signal }).then(() => {
      throw new Error('waits too long')
    })
    await Promise.race([TestRunner.getTestFn(test)(), late]).finally(() => {
      late.catch(() => undefined)
      ended.abort()
    })
  }

  onAfterRunTask(test) {
    this.hooks.onTested?.(test)
    super.onAfterRunTask(test)
    // The rest of the file is not run: one test that notices a mutant is enough.
    if (this.hooks.isFirstFailureEnough && test.result.state === 'fail') this.cancelRun = true
  }
}

/**
 * Runs the tests of a file that `load` evaluates: all, or those whose Vitest's ids are given. None may take longer than
 * `timeoutOf` it says, in milliseconds.
 */
export async function runFile(load, file, { testIds, testNamePattern, ...hooks }) {
  const filepath = `${config.root}/${file}`
  globalThis.__vitest_worker__.filepath = filepath
  const [ran] = await startTests([{ filepath, testIds, testNamePattern }], new OneFile(() => load(file), hooks))
  const tests = testsOf(ran)
  return { tests, failure: ran.result?.state === 'fail' ? failureOf(ran, tests) : undefined }
}

function testsOf(suite) {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]))
}

/** What failed first: a test, or else what all of them need. */
function failureOf(file, tests) {
  const test = tests.find(({ result }) => result?.state === 'fail')
  const errors = (test ?? suiteThatFailed(file)).result?.errors
  return { test, message: errors?.[0]?.message ?? 'failed' }
}

function suiteThatFailed(suite) {
  const inner = suite.tasks.find((task) => task.type === 'suite' && task.result?.state === 'fail')
  return inner === undefined ? suite : suiteThatFailed(inner)
}
