// Stryker's test runner for this repository: runs tests in Stryker's own process, as a thread to each mutant, with all modules
// loaded anew, takes a hundred times as long as most tests do.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { isExplained } from '../survivors.mjs'
import { bundled } from './bundle.mjs'
import { groupsOf, hasNoticed } from './order.mjs'
import { stopAfter, stryker } from './stryker.mjs'
import { namesIn, testFiles } from './test-files.mjs'
import { runFile } from './vitest-here.mjs'

// Stryker's own names of how a run and a test ended. Its API is not installed where this file stands.
const COMPLETE = 'complete'
const SUCCESS = 0
const FAILED = 1
const SKIPPED = 2

/** How long, in milliseconds, a test may wait. With a mutant: much longer than without, as machines are shared. */
const PATIENCE = { dryRun: 120_000, least: 5000, factor: 5 }

class Runner {
  #root = process.cwd()
  #timesFile = join(process.cwd(), 'stryker-times.json')
  #outside = []
  #load
  #times

  async init() {
    this.#load = await bundled(this.#root, testFiles(this.#root))
    for (const event of ['unhandledRejection', 'uncaughtException']) {
      process.on(event, (error) => this.#outside.push(error))
    }
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  /** Which mutants each test reaches, and how long it takes. */
  async dryRun() {
    const times = { files: {}, tests: {} }
    const results = []
    for (const file of testFiles(this.#root)) {
      const { tests, loadedAfter } = await this.#run(file, {
        timeoutOf: () => PATIENCE.dryRun,
        testNamePattern: namesIn(file),
        onTest: (test) => {
          stryker.currentTestId = idOf(file, test)
        },
        onTested: () => {
          stryker.currentTestId = undefined
        },
      })
      times.files[file] = loadedAfter
      for (const test of tests) {
        if (test.mode === 'skip') continue
        results.push({ ...resultOf(file, test), fileName: join(this.#root, file) })
        times.tests[idOf(file, test)] = test.result?.duration ?? 0
      }
    }
    if (this.#outside.length > 0) return { status: 'error', errorMessage: `outside of a test: ${this.#outside[0]}` }
    writeFileSync(this.#timesFile, JSON.stringify(times))
    return { status: COMPLETE, tests: results, mutantCoverage: stryker.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    this.#times ??= JSON.parse(readFileSync(this.#timesFile, 'utf8'))
    stryker.hitLimit = hitLimit
    stryker.hitCount = hitLimit === undefined ? undefined : 0
    let nrOfTests = 0
    const isKnown = isExplainedHere(activeMutant, this.#root)
    for (const group of groupsOf(testFilter, this.#times, activeMutant.fileName)) {
      const { file, ids, isSlow } = group
      // That quick tests do not notice it is as much as is asked of one that is explained.
      if (isKnown && isSlow) continue
      const { failure } = await this.#run(file, {
        timeoutOf: (test) => Math.max(PATIENCE.least, PATIENCE.factor * this.#times.tests[idOf(file, test)]),
        onTest: (_, timeout) => stopAfter(timeout),
        testIds: ids.map((id) => id.slice(id.indexOf('#') + 1)),
        isFirstFailureEnough: true,
        // What is evaluated while loading is not looked at, see `ignoreStatic`.
        onLoaded: () => {
          stryker.activeMutant = activeMutant.id
        },
      })
      stryker.activeMutant = undefined
      stopAfter(Number.POSITIVE_INFINITY)
      nrOfTests += ids.length
      if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: `hit ${hitLimit} times` }
      if (failure === undefined) continue
      hasNoticed(group)
      const killedBy = failure.test === undefined ? ids[0] : idOf(file, failure.test)
      return { status: 'killed', killedBy: [killedBy], failureMessage: failure.message, nrOfTests }
    }
    return { status: 'survived', nrOfTests }
  }

  /** What is thrown where no test waits for it is a failure, too, as Vitest has it. */
  async #run(file, options) {
    this.#outside.length = 0
    const begun = performance.now()
    let loadedAfter = 0
    const onLoaded = () => {
      loadedAfter = performance.now() - begun
      options.onLoaded?.()
    }
    const { tests, failure } = await runFile(this.#load, file, { ...options, onLoaded })
    await turn()
    const [outside] = this.#outside
    return { tests, loadedAfter, failure: failure ?? (outside && { message: `outside of a test: ${outside}` }) }
  }
}

/** What was mutated is read in the checkout: in its copy all mutants stand. */
function isExplainedHere({ fileName, location, ...mutant }, root) {
  const file = relative(root, fileName)
  const [start, end] = [location.start, location.end].map(({ line, column }) => ({
    line: line + 1,
    column: column + 1,
  }))
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
  return isExplained(file, source, { ...mutant, location: { start, end } })
}

function idOf(file, test) {
  return `${file}#${test.id}`
}

function resultOf(file, test) {
  const common = { id: idOf(file, test), name: test.fullTestName, timeSpentMs: test.result?.duration ?? 0 }
  if (test.result?.state === 'pass') return { ...common, status: SUCCESS }
  if (test.result?.state !== 'fail') return { ...common, status: SKIPPED }
  return { ...common, status: FAILED, failureMessage: test.result.errors?.[0]?.message ?? 'failed' }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: Runner }]
