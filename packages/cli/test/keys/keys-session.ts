import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/program.js'
import { fakeTerminal } from '../streams.js'

// What is printed is local time.
process.env.TZ = 'UTC'

export const NOW = Date.UTC(2026, 5, 15, 12)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** An operator with a store of files, sealed unless said, in this process. */
export interface KeysSession {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** Runs `countersign keys ...`. */
  keys(argv: readonly string[], options?: Parameters<typeof fakeTerminal>[0]): Promise<Answer>
  end(): Promise<void>
}

interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Of `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: its shape is what the tests look at
  readonly document: () => any
}

export async function openSession(): Promise<KeysSession> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'))
  const env = {
    COUNTERSIGN_STORE: `file:${join(folder, 'keys')}`,
    COUNTERSIGN_MASTER_KEY: randomBytes(32).toString('base64'),
    OLD_SECRET: 'fake-secret-old',
    NEW_SECRET: 'fake-secret-new',
  }
  return {
    folder,
    env,
    async keys(argv, options = {}) {
      const terminal = fakeTerminal({ now: NOW, columns: 100, ...options, env: { ...env, ...options.env } })
      // What is piped into a process's own stderr does not end it.
      Object.assign(terminal.stderr, { end: () => terminal.stderr })
      const code = await run(['keys', ...argv], terminal)
      return { code, ...terminal.texts, document: () => JSON.parse(terminal.texts.stdout) }
    },
    end: () => rm(folder, { recursive: true, force: true }),
  }
}
