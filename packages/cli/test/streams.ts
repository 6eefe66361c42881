import { PassThrough, Readable } from 'node:stream'
import type { Output, Terminal } from '../src/terminal.js'

interface FakeTerminal {
  isTTY?: boolean
  columns?: number
  env?: Terminal['env']
  /** What comes by stdin. */
  input?: string | Uint8Array | AsyncIterable<Uint8Array>
  now?: number
}

/** A terminal, or a pipe, whose output can be read. */
export function fakeTerminal({ isTTY = false, columns, env = {}, input = '', now }: FakeTerminal = {}) {
  const texts = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr'): Output => {
    const stream = new PassThrough()
    stream.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString()
    })
    return Object.assign(stream, { isTTY, ...(columns !== undefined && { columns }) })
  }
  const bytes = typeof input === 'string' ? [Buffer.from(input)] : input instanceof Uint8Array ? [input] : input
  const stdin = Object.assign(Readable.from(bytes), { isTTY })
  return { stdin, stdout: output('stdout'), stderr: output('stderr'), env, now: () => now ?? Date.now(), texts }
}
