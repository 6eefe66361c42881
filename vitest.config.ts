import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Sources, not dist: the condition is ours alone. It stands under `ssr`, where Vitest resolves (elsewhere it
// does nothing).
const sources = { resolve: { conditions: ['countersign-source', 'node'] } }
const core = (file: string) => fileURLToPath(new URL(`packages/core/src/${file}`, import.meta.url))

// For what hangs, and no judgement of speed: machines are shared, and coverage slows them further. A project does not
// inherit it.
const timeouts = { testTimeout: 30_000, hookTimeout: 30_000 }

// Tests that need a server of Redis or PostgreSQL, or a shell that is not on every machine. They have a command of their own, `npm run test:services`.
const services = 'packages/*/test/with-*/**/*.test.ts'

// Tests that put another module in the place of one. Each has a process of its own, since whatever ran there before has the
// real one. All others share a process with those before them: to start one, and to load all modules again, takes longer
// than most of them.
const engines = 'packages/core/test/engines*.test.ts'
const apart = [engines, 'packages/*/test/*-interleaving.test.ts', 'packages/cli/test/broken-receiver.test.ts']
// The same files on the other engine, so that every runtime gives the same verdicts.
const webEngine = { alias: { '#mac': core('mac.web.ts'), '#advice': core('advice.web.ts') } }

export default defineConfig({
  test: {
    reporters: ['default', './.ci/passed-failed.ts'],
    // All cores. Left to itself, Vitest leaves one free, which is half of two; and tests of sockets and leases wait a lot.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['packages/core/src/**'],
      thresholds: { branches: 95 },
    },
    projects: [
      {
        ssr: sources,
        test: {
          name: 'node',
          ...timeouts,
          isolate: false,
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [services, ...apart],
        },
      },
      {
        ssr: sources,
        resolve: webEngine,
        test: {
          name: 'web',
          ...timeouts,
          isolate: false,
          include: ['packages/{core,agilepoint,orange-logic,insider,global-commerce,autify}/test/**/*.test.ts'],
          // Files are a matter of Node alone.
          exclude: ['packages/core/test/file-key*.test.ts', engines],
        },
      },
      { ssr: sources, test: { name: 'node apart', ...timeouts, include: apart } },
      { ssr: sources, resolve: webEngine, test: { name: 'web apart', ...timeouts, include: [engines] } },
      { ssr: sources, test: { name: 'services', ...timeouts, isolate: false, include: [services] } },
    ],
  },
})
