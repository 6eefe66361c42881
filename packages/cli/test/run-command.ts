import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** What comes by stdin; nothing by default. */
  readonly input?: string | Uint8Array
  readonly cwd?: string
}

/** The built command as a process of its own, with nothing of this environment but the path. */
function startCommand(argv: readonly string[], { env = {}, input = '', cwd }: RunOptions = {}) {
  if (!existsSync(BIN)) throw new Error('the command is not built: npm run build')
  const child = spawn(process.execPath, [BIN, ...argv], { cwd, env: { PATH: process.env.PATH, ...env } })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
    })
  }
  // A command that fails at once reads nothing.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return { child, texts, ended: endOf(child, texts) }
}

/** Runs the built command to its end. */
export function runCommand(argv: readonly string[], options?: RunOptions): Promise<Outcome> {
  return startCommand(argv, options).ended
}

async function endOf(
  child: ChildProcess,
  texts: { readonly stdout: string; readonly stderr: string },
): Promise<Outcome> {
  const [code] = await once(child, 'close')
  return { code, stdout: texts.stdout, stderr: texts.stderr }
}

/** `countersign listen` with its address, once it listens; lines of stdout come one by one. */
export async function startListener(argv: readonly string[], options?: RunOptions) {
  const started = startCommand(['listen', '--port', '0', ...argv], options)
  const { child } = started
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const address = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', () => {
      const [, url] = /listening on (\S+)/.exec(started.texts.stderr) ?? []
      if (url !== undefined) resolve(url)
    })
    child.once('close', () => reject(new Error(`it ended: ${started.texts.stderr}`)))
  })
  return {
    ...started,
    url: await address,
    nextLine: async (): Promise<string> => (await lines.next()).value,
    stop: (signal: NodeJS.Signals = 'SIGINT'): Promise<Outcome> => {
      child.kill(signal)
      return started.ended
    },
  }
}
