import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The score, in per cent, under which the command fails. */
export const BREAK = 95

/** What Stryker is told: which files to mutate, by how many processes, and where its reports go. */
export function strykerOptions(mutate, concurrency, reports) {
  return {
    mutate,
    testRunner: 'in-process',
    plugins: [fileURLToPath(new URL('runner/plugin.mjs', import.meta.url))],
    coverageAnalysis: 'perTest',
    timeoutMS: 10_000,
    // The copy is mutated, see copy.mjs.
    inPlace: true,
    // What is evaluated once, while a module loads, belongs to no test: each such mutant would cost the whole suite.
    // What tests reach of it is tested, a function that is called while loading and afterwards, too.
    ignoreStatic: true,
    concurrency,
    // A mutant whose file and tests are as they were is not tested again.
    incremental: true,
    incrementalFile: join(reports, 'incremental.json'),
    reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: join(reports, 'mutation.json') },
    htmlReporter: { fileName: join(reports, 'mutation.html') },
    thresholds: { high: 100, low: BREAK, break: BREAK },
  }
}
