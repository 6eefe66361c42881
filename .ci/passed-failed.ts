import type { Reporter } from 'vitest/node'

/** Prints 'N passed, N failed' on a line of its own, for logs in which Vitest's own summary is not recognised. */
export default class PassedFailed implements Reporter {
  onTestRunEnd: Required<Reporter>['onTestRunEnd'] = (modules, unhandledErrors) => {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      count.failed += module.errors().length
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length
      for (const test of module.children.allTests()) count[test.result().state] += 1
    }
    // A skipped or unfinished test proves nothing: it counts as failed, and fails the run.
    const unproven = count.skipped + count.pending
    if (unproven > 0) process.exitCode = 1
    console.log(`${count.passed} passed, ${count.failed + unproven} failed`)
  }
}
