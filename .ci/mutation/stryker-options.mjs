import { join } from 'node:path'

/** The score, in per cent, under which the command fails. */
export const BREAK = 95

/** What Stryker is told: which files to mutate, and where its reports go. */
export function strykerOptions(mutate, reports) {
  return {
    mutate,
    testRunner: 'vitest',
    // Not only those tests whose file imports the mutated one: coverage tells that more exactly.
    vitest: { configFile: '.ci/mutation/vitest.config.mjs', related: false },
    coverageAnalysis: 'perTest',
    // The copy is mutated, see copy.mjs.
    inPlace: true,
    // What is evaluated once, while a module loads, belongs to no test: each such mutant would cost the whole suite.
    // What tests reach of it is tested, a function that is called while loading and afterwards, too.
    ignoreStatic: true,
    concurrency: 2,
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
