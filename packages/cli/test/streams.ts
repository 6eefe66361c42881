import { PassThrough } from 'node:stream'
import type { Output, Terminal } from '../src/terminal.js'

/** A terminal, or a pipe, whose output can be read. */
export function fakeTerminal(options: { isTTY?: boolean; columns?: number; env?: Terminal['env'] } = {}) {
  const { isTTY = false, columns, env = {} } = options
  const texts = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr'): Output => {
    const stream = new PassThrough()
    stream.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString()
    })
    return Object.assign(stream, { isTTY, ...(columns !== undefined && { columns }) })
  }
  return { stdout: output('stdout'), stderr: output('stderr'), env, texts }
}
