import { readFile } from 'node:fs/promises'
import { readStdin } from './stdin.js'
import type { Terminal } from './terminal.js'

/** The bytes of a file, or of stdin where it is called `-`. @throws what the system says; Error `EISDIR` for a directory. */
export function readInput(path: string, terminal: Terminal): Promise<Uint8Array> {
  return path === '-' ? readStdin(terminal) : readInputFile(path)
}

export async function readInputFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    // The system's own words do not say which.
    throw Object.assign(new Error(`${path} is a directory: name a file`), { code: 'EISDIR' })
  }
}
