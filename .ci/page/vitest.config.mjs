import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// The tests of the built page, in a real browser. They are no part of `npm test`, which needs none.
export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    include: ['packages/playground/test-page/*.test.mjs'],
    reporters: ['default', './.ci/passed-failed.ts'],
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // For what hangs, and no judgement of speed: machines are shared.
    expect: { poll: { timeout: 30_000 } },
  },
})
