import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { familyWith, stillRunning } from './talk.js'

/** What has to hold of a server whose owner is killed, is killed while the server is frozen, or ends without a word. */
export function describeGuard(kind: 'redis' | 'postgres', states: readonly ('killed' | 'frozen' | 'ends')[]): void {
  describe(kind, () => {
    let bundles: string

    beforeAll(async () => {
      bundles = await mkdtemp(join(tmpdir(), 'countersign-forgotten-'))
      await build({
        entryPoints: [fileURLToPath(new URL('forgotten.ts', import.meta.url))],
        outfile: join(bundles, 'forgotten.mjs'),
        bundle: true,
        platform: 'node',
        format: 'esm',
        logLevel: 'silent',
      })
    })

    afterAll(() => rm(bundles, { recursive: true, force: true }))

    it.each(states)('does not outlive the process that started it: %s', async (state) => {
      const owner = fork(join(bundles, 'forgotten.mjs'), [kind, state], { execArgv: [] })
      const ended = once(owner, 'exit')
      const [directory] = await once(owner, 'message')
      const family = familyWith(directory)
      if (state !== 'ends') {
        expect(family).not.toEqual([])
        owner.kill('SIGKILL')
      }
      await ended
      await vi.waitFor(
        () => {
          expect(stillRunning(family)).toEqual([])
          expect(existsSync(directory)).toBe(false)
        },
        { timeout: 20_000, interval: 50 },
      )
    })
  })
}
