import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

// As in vitest.config.ts: the sources, which are what is mutated.
const ssr = { resolve: { conditions: ['countersign-source', 'node'] } }
// A mutant that waits for ever is found out by the test that waits.
const timeouts = { testTimeout: 15_000, hookTimeout: 15_000 }

const files = 'packages/core/test/file-key*.test.ts'
/** Stryker's runner insists on threads, in which no process can set its umask. */
const inProcesses = {
  name: 'in-processes',
  configureVitest: ({ project }) => {
    project.config.pool = 'forks'
  },
}

/** Tests that start programs, or try many inputs. Most mutants do not get to them: the first test that fails is enough. */
const SLOW = /(?:interleaving|processes|properties|hostile|format-curl|body|explain)\.test\.ts$/

class SlowLast extends BaseSequencer {
  async sort(files) {
    return [...files].sort((one, other) => SLOW.test(one.moduleId) - SLOW.test(other.moduleId))
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    reporters: [],
    sequence: { sequencer: SlowLast },
    projects: [
      {
        ssr,
        test: {
          name: 'node',
          // Quicker by half. Each mutant has a thread of its own, so nothing passes from one to the next.
          isolate: false,
          ...timeouts,
          include: [
            'packages/core/test/**/*.test.ts',
            'packages/*/test/explain.test.ts',
            'packages/testkit/test/{key-use,keyring-store}-suite.test.ts',
          ],
          // It loads the core once more, and so would seem to test what is evaluated while loading: see `ignoreStatic`.
          exclude: [files, 'packages/cli/**', 'packages/core/test/engines.test.ts'],
        },
      },
      { ssr, plugins: [inProcesses], test: { name: 'files', ...timeouts, include: [files] } },
    ],
  },
})
